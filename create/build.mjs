// Builds the package: the compiled code, and the template next to it. Runs before `npm pack` and `npm publish`.
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeTemplate } from "./build-template.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const tsc = join(folder, "..", "node_modules", "typescript", "bin", "tsc");

rmSync(join(folder, "dist"), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [tsc, "-p", folder], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
chmodSync(join(folder, "dist", "main.js"), 0o755);
writeTemplate(join(folder, "dist", "template.json"));

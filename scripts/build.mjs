// `npm run build`: compiles the framework and the reference app into dist/, and copies what is not code beside it.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { prepare, root, run } from "./prepare.mjs";

const rooms = ["app", "components", "framework", "mail", "migrations"];

/** Data files that code reads at run time (word lists, templates, the app's public folder). */
function copyData(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || /\.(ts|tsx|md)$/.test(entry.name)) continue;
    const from = join(entry.parentPath, entry.name);
    cpSync(from, join(root, "dist", relative(root, from)));
  }
}

await prepare();
rmSync(join(root, "dist"), { recursive: true, force: true });
const { code } = await run(join(root, "node_modules", ".bin", "tsc"), ["-p", "tsconfig.build.json"]);
if (code !== 0) process.exit(code);
for (const room of rooms) copyData(room);

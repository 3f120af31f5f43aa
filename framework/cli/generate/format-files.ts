import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project/project.ts";

/** Formats new files with the project's own Biome, if it is installed and configured. */
export async function formatFiles({ folder }: Project, paths: readonly string[]): Promise<void> {
  const script = join(folder, "node_modules", "@biomejs", "biome", "bin", "biome");
  const isSetUp = ["biome.json", "biome.jsonc"].some((name) => existsSync(join(folder, name)));
  if (!isSetUp || !existsSync(script)) return;
  // Failures don't matter: the files work unformatted, and the project's own check will report them.
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [script, "check", "--write", ...paths], { cwd: folder, stdio: "ignore" });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}

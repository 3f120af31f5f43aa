import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project/project.ts";

/** Lets the project's own Biome sort imports and break long lines in new files, where it is installed and set up; else does nothing. */
export async function formatFiles({ folder }: Project, paths: readonly string[]): Promise<void> {
  const script = join(folder, "node_modules", "@biomejs", "biome", "bin", "biome");
  const isSetUp = ["biome.json", "biome.jsonc"].some((name) => existsSync(join(folder, name)));
  if (!isSetUp || !existsSync(script)) return;
  // Whatever it complains about is told by the project's own check, later: the files are good without it.
  await new Promise<void>((resolve) => {
    const child = spawn(process.execPath, [script, "check", "--write", ...paths], { cwd: folder, stdio: "ignore" });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}

import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Whether `npm test` has just built the package: commands and compilers start in a fraction of the time that the sources take. */
export const isPackageBuilt = process.env.BUFFKIT_IS_BUILT === "1";

/** Gives a folder the repository's packages, and the repository itself as the package `buffkit`, as links. */
export function linkPackages(folder: string): void {
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(repository, "node_modules"))) {
    symlinkSync(join(repository, "node_modules", name), join(folder, "node_modules", name));
  }
  symlinkSync(repository, join(folder, "node_modules", "buffkit"));
}

import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Whether `npm test` has just built the package: commands and compilers start in a fraction of the time that the sources take. */
export const isPackageBuilt = process.env.BUFFKIT_IS_BUILT === "1";

/**
 * What a tsconfig.json elsewhere includes besides its own files. Without the package, the framework's sources are compiled by the settings
 * of that file, so that their JSX isn't taken for React's.
 */
export const frameworkSources: readonly string[] = isPackageBuilt
  ? []
  : ["framework", "components", "mail"].map((room) => join(repository, room));

/**
 * Node's arguments for running TypeScript in a folder with the packages. The built package is loaded first, because tsx spends more time on its
 * modules than Node on running them.
 */
export const typeScriptArguments: readonly string[] = [
  ...(isPackageBuilt ? ["--import", "buffkit"] : []),
  "--import",
  "tsx",
];

/** Gives a folder the repository's packages, and the repository itself as the package `buffkit`, as links. */
export function linkPackages(folder: string): void {
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(repository, "node_modules"))) {
    symlinkSync(join(repository, "node_modules", name), join(folder, "node_modules", name));
  }
  symlinkSync(repository, join(folder, "node_modules", "buffkit"));
}

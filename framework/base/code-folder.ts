import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder that contains the framework's code and `migrations`: the package itself in the sources, `dist` in a build. Files that are
 * read at run time are located from here, because a build bundles many modules into one file.
 */
export function codeFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "framework", "auth")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

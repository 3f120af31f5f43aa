import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder in which the framework's rooms lie, `migrations` among them: the package from its sources, `dist` from its build. What
 * code reads at run time is found from here, because a build puts many modules into one file.
 */
export function codeFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "framework", "auth")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

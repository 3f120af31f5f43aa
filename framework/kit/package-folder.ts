import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A folder of the framework's package, such as `public`; the same from the sources and from the build. */
export function packageFolder(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, name);
}

/**
 * The folder of the framework's browser files: `live.js`, `buffkit.css`, `vendor/htmx.min.js` and so on. For apps that serve them
 * without `wire`, which does it on its own.
 */
export function browserFilesFolder(): string {
  return packageFolder("public");
}

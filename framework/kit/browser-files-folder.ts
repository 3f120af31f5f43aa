import { packageFolder } from "./package-folder.ts";

/**
 * The folder of the framework's files for browsers: `live.js`, `buffkit.css`, `vendor/htmx.min.js` and so on. For apps that serve them
 * without `wire`, which does it by itself.
 */
export function browserFilesFolder(): string {
  return packageFolder("public");
}

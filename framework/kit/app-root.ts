import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The app's folder, as seen from one of its files: the nearest folder, from the file's own upward, with `migrations/`, `public/` or a
 * package.json. From a file of the build that is the build's folder, because the build contains them too.
 */
export function appRoot(file: string): string {
  const own = dirname(file);
  for (let folder = own; ; folder = dirname(folder)) {
    if (marks.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return own;
  }
}

const marks = ["migrations", "public", "package.json"];

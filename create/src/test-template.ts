import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Builds the template from the repository, for tests. The caller removes its folder. */
export function makeTemplate(): { readonly file: URL; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "buffkit-template-"));
  const file = join(folder, "template.json");
  execFileSync(process.execPath, [fileURLToPath(new URL("../build-template.mjs", import.meta.url)), file]);
  return { file: pathToFileURL(file), folder };
}

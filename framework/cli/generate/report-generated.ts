import { relative } from "node:path";
import { formatRows } from "../terminal/format-rows.ts";
import { print, printJson } from "../terminal/print.ts";
import type { Generated } from "./generate.ts";

/** Prints which files were written, and what to do next. */
export function reportGenerated({ files, isDryRun, nextSteps }: Generated, json: boolean | undefined): void {
  const shown = files.map((file) => ({ ...file, path: relative(process.cwd(), file.path) }));
  if (json) {
    printJson({ files: shown, nextSteps });
    return;
  }
  const verb = (action: string) => (isDryRun ? `would ${action}` : `${action}d`);
  print(formatRows(shown.map(({ action, path, template }) => [verb(action), path, isDryRun ? (template ?? "") : ""])));
  if (nextSteps.length > 0) print(`\nNext steps:\n${nextSteps.map((step) => `  ${step}`).join("\n")}`);
}

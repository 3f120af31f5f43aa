import type { SourceFile } from "typescript/unstable/ast";
import { findFunctions } from "./function-names.ts";

/** The text of a file in which each function tells its name when it is called. */
export function markFunctions(file: string, source: SourceFile, recorder: string): string {
  const inserts = findFunctions(file, source).flatMap(({ name, start, end, isExpression }) => {
    const mark = `recordReach(${JSON.stringify(name)})`;
    if (!isExpression) return [{ at: start + 1, text: `${mark};` }];
    return [
      { at: start, text: `(${mark}, ` },
      { at: end, text: ")" },
    ];
  });
  let text = source.text;
  for (const insert of inserts.sort((left, right) => right.at - left.at)) {
    text = text.slice(0, insert.at) + insert.text + text.slice(insert.at);
  }
  // At the end of the file, so that lines keep their numbers.
  return `${text}\nimport { recordReach } from ${JSON.stringify(recorder)};\n`;
}

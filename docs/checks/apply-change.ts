/**
 * Changes a text as a `diff` block of a guide says: its unmarked and `-` lines are looked up in the text, and replaced by the unmarked and
 * `+` lines. Throws unless they are there exactly once, because a reader couldn't tell which place is meant.
 */
export function applyChange(text: string, change: string): string {
  const lines = change.replace(/\n$/, "").split("\n");
  const before = linesWithout("+", lines);
  // The line break in front makes sure that only whole lines are found.
  const pieces = `\n${text}`.split(`\n${before}`);
  if (pieces.length !== 2) {
    throw new Error(`These lines of a change are in the file ${pieces.length - 1} times instead of once:\n${before}`);
  }
  return pieces.join(`\n${linesWithout("-", lines)}`).slice(1);
}

function linesWithout(mark: string, lines: readonly string[]): string {
  return lines
    .filter((line) => !line.startsWith(mark))
    .map((line) => `${line.slice(1)}\n`)
    .join("");
}

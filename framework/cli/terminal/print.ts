/** Writes a line to standard output. */
export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a value as indented JSON, for other programs to read. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Writes a progress message to standard error, which keeps standard output clean. */
export function printProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}

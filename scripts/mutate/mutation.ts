/** One small change of one file, in the manner of a slip: the text from `start` to `end` becomes `replacement`. */
export interface Mutation {
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly line: number;
  /** Lines of code around the change, before and after it. */
  readonly before: string;
  readonly after: string;
}

/** A change as a mutator proposes it, before it knows its file. */
export interface Change {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Adds what a reader needs to see a change in its place. */
export function locateMutation(file: string, text: string, change: Change): Mutation {
  const lineStart = text.lastIndexOf("\n", change.start - 1) + 1;
  const next = text.indexOf("\n", change.end);
  const lineEnd = next === -1 ? text.length : next;
  const line = text.slice(0, change.start).split("\n").length;
  const before = text.slice(lineStart, lineEnd);
  const after = text.slice(lineStart, change.start) + change.replacement + text.slice(change.end, lineEnd);
  return { file, ...change, line, before: before.trim(), after: after.trim() };
}

export function applyMutation(text: string, { start, end, replacement }: Change): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Stays the same when other lines of the file change. */
export function mutationKey({ file, kind, before, after }: Mutation): string {
  return [file, kind, before, after].join("\0");
}

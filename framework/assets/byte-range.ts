/** Which bytes of a file to send: from the first to the last, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What `Range` asks for, of a file with `bytes` bytes. Null means the whole file: there is no range, several, or one that nobody can read.
 * `beyond` means that the file ends before it (RFC 9110, 14.1.2).
 */
export function readRange(header: string | undefined, bytes: number): ByteRange | "beyond" | null {
  const [, start = "", end = ""] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? "") ?? [];
  if (start === "" && end === "") return null;
  if (start === "") {
    const length = Math.min(Number(end), bytes);
    return length === 0 ? "beyond" : { first: bytes - length, last: bytes - 1 };
  }
  const first = Number(start);
  if (end !== "" && Number(end) < first) return null;
  return first >= bytes ? "beyond" : { first, last: end === "" ? bytes - 1 : Math.min(Number(end), bytes - 1) };
}

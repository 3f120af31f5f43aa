/** A number as a server sends it. Beyond 2^53 − 1 it stays a string, because a number would be wrong there. */
export function readNumber(text: string): number | string {
  const value = Number(text);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : text;
}

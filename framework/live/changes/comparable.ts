/** How the values of a column compare. */
export type ColumnKind = "text" | "integer" | "key" | "boolean";

/** How a column's values compare; undefined for types of which that isn't known well enough, such as dates or decimals. */
export type KindOf = (table: string, column: string) => ColumnKind | undefined;

/**
 * What a value of a column has in common with all that a database may find equal to it: `7` and `"7"`, or `"Ann"` and `"ann "`. Texts that
 * differ mean values that differ in every database; equal texts may stand for different values, which costs an update too many.
 * Undefined for values that can't be compared this way.
 */
export function comparable(value: unknown, kind: ColumnKind | undefined): string | undefined {
  if (kind === "boolean") return typeof value === "boolean" ? String(value) : undefined;
  if (kind === "text") return typeof value === "string" ? lettersOf(value) : undefined;
  // For zero, a column that counts by itself may take its next number.
  const number = kind === undefined ? undefined : integerIn(value);
  return number === undefined || (kind === "key" && number === 0) ? undefined : String(number);
}

const maxLength = 200;

/**
 * Collations disagree about case, spaces and punctuation. About letters outside of ASCII they disagree in too many ways: `ä` may be `a` or
 * `ae`, and `å` may be `aa`.
 */
function lettersOf(text: string): string | undefined {
  if (text.length > maxLength || !/^[ -~\s]*$/.test(text)) return undefined;
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** MySQL rounds fractions, compares texts up to where they are a number, and very large numbers as if they had floating points. */
function integerIn(value: unknown): number | undefined {
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  if (typeof value === "string" && /^\s*[+-]?\d{1,30}\s*$/.test(value)) return withoutSign(Number(value));
  return Number.isInteger(value) ? withoutSign(Number(value)) : undefined;
}

function withoutSign(number: number): number {
  return number === 0 ? 0 : number;
}

/**
 * What a value has in common with all that a database may find equal to it: `7`, `"7"` and `"7.0"`, or `"Zoë"` and `"zoe "`. Different texts
 * are never equal in any database; equal texts may stand for different values, which costs an update too many. Undefined for values that
 * can't be compared this way.
 */
export function comparable(value: unknown): string | undefined {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== "string" || value.length > maxLength) return undefined;
  const text = value.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return numeric(text);
  if (/^(t|true|y|yes|on)$/i.test(text)) return "1";
  if (/^(f|false|n|no|off)$/i.test(text)) return "0";
  // Collations disagree about marks, punctuation, and which letters are the same.
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return /^[ -~\s]*$/.test(letters) ? letters.replace(/[^a-z0-9]/g, "") : undefined;
}

const maxLength = 200;

/** As a database with floating-point numbers would compare it; larger ones keep their digits. */
function numeric(text: string): string {
  const value = Number(text);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  return /^[+-]?\d+$/.test(text) ? text.replace(/^\+/, "").replace(/^(-?)0+(?=\d)/, "$1") : String(value);
}

import { isRecord } from "../../base/index.ts";
import { definitionOf, propertyOf, throughWrappers } from "./zod-definition.ts";

const truths: ReadonlyMap<string, boolean> = new Map([
  ...["on", "true", "1", "yes"].map((text) => [text, true] as const),
  ...["off", "false", "0", "no"].map((text) => [text, false] as const),
]);

/** A text as the value that a zod definition expects. What can't be read as one stays as it is, so that the schema refuses it. */
export function readValue(definition: unknown, sent: unknown): unknown {
  if (typeof sent !== "string") return sent;
  switch (propertyOf(definition, "type")) {
    case "boolean":
      return truths.get(sent.toLowerCase()) ?? sent;
    case "number":
      return /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(sent.trim()) ? Number(sent) : sent;
    case "bigint":
      return /^-?\d+$/.test(sent.trim()) ? BigInt(sent.trim()) : sent;
    case "date":
      return readDate(sent);
    case "null":
      return sent === "" ? null : sent;
    case "literal":
    case "enum":
      return oneOf(valuesOf(definition), sent);
    case "union":
      return readUnion(propertyOf(definition, "options"), sent);
    default:
      return sent;
  }
}

/** A date, or a time with its zone. A time without one isn't the same everywhere, so the schema has to decide. */
function readDate(sent: string): unknown {
  const isClear = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(sent);
  return isClear && !Number.isNaN(Date.parse(sent)) ? new Date(sent) : sent;
}

function valuesOf(definition: unknown): readonly unknown[] {
  const values = propertyOf(definition, "values") ?? propertyOf(definition, "entries");
  return Array.isArray(values) ? values : isRecord(values) ? Object.values(values) : [];
}

function oneOf(values: readonly unknown[], sent: string): unknown {
  if (values.includes(sent)) return sent;
  const found = values.find((value) => String(value) === sent);
  return found === undefined ? sent : found;
}

/** The first option that takes the text, as text or as something else. */
function readUnion(options: unknown, sent: string): unknown {
  if (!Array.isArray(options)) return sent;
  for (const option of options) {
    const { definition, isPreprocessed } = throughWrappers(definitionOf(option));
    const type = propertyOf(definition, "type");
    if (isPreprocessed || type === "string" || (type !== "union" && valuesOf(definition).includes(sent))) return sent;
    const value = readValue(definition, sent);
    if (value !== sent) return value;
  }
  return sent;
}

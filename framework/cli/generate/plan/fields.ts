import pluralize from "pluralize";
import { fieldInvalid } from "../../errors.ts";
import { nearest } from "../../terminal/nearest.ts";
import { type Names, parseName } from "./names.ts";

export const fieldTypes = [
  "string",
  "text",
  "integer",
  "number",
  "boolean",
  "date",
  "datetime",
  "email",
  "url",
  "references",
] as const;

export type FieldType = (typeof fieldTypes)[number];

/**
 * One field of a model, written as `title:string`, `published_at:datetime:nullable`, `board:references` or, if the table has another
 * name, `creator:references:users`.
 */
export interface Field {
  readonly name: Names;
  readonly type: FieldType;
  readonly isNullable: boolean;
  readonly isUnique: boolean;
  /** Maximum length; only for columns of limited length. */
  readonly maxLength: number;
  /** The column: the name in snake case, with `_id` for references. */
  readonly column: string;
  /** The property: the name in camel case, with `Id` for references. */
  readonly property: string;
  /** The table a reference points to. */
  readonly table: string | undefined;
}

/** Parses the words after a name. Throws `CLI_FIELD_INVALID`. */
export function parseFields(words: readonly string[]): readonly Field[] {
  const fields = words.map(parseField);
  const twice = fields.find((field, index) => fields.findIndex((other) => other.column === field.column) !== index);
  if (twice) throw fieldInvalid({ field: twice.name.snake, reason: "it is listed twice" });
  return fields;
}

function parseField(word: string): Field {
  const [text = "", kind = "string", ...rest] = word.split(":");
  const name = parseName(text);
  const type = parseType(word, kind === "" ? "string" : kind);
  const length = rest.find((modifier) => /^\d+$/.test(modifier));
  const isReference = type === "references";
  const table = isReference ? rest.find(isTableName) : undefined;
  refuseModifiers(word, { type, modifiers: rest.filter((modifier) => modifier !== table) });
  const field: Field = {
    name,
    type,
    isNullable: rest.includes("nullable"),
    isUnique: rest.includes("unique"),
    maxLength: Number(length ?? (type === "url" ? 768 : 255)),
    column: isReference ? `${name.snake}_id` : name.snake,
    property: isReference ? `${name.camel}Id` : name.camel,
    table: isReference ? (table ?? pluralize.plural(name.snake)) : undefined,
  };
  refuseContradictions(word, field);
  return field;
}

function parseType(field: string, kind: string): FieldType {
  const known = fieldTypes.find((type) => type === kind);
  if (known) return known;
  const meant = nearest(kind, fieldTypes);
  const hint = meant ? ` (did you mean ${meant}?)` : "";
  throw fieldInvalid({ field, reason: `"${kind}" isn't one of the types ${fieldTypes.join(", ")}${hint}` });
}

const words = ["nullable", "unique"] as const;

/** What follows `references` and isn't a modifier, or nearly one, is the name of a table. */
function isTableName(modifier: string): boolean {
  return /^[a-z][a-z0-9_]{0,59}$/.test(modifier) && nearest(modifier, words) === null;
}

interface Modifiers {
  readonly type: FieldType;
  readonly modifiers: readonly string[];
}

function refuseModifiers(field: string, { type, modifiers }: Modifiers): void {
  const unknown = modifiers.find((modifier) => !/^(?:nullable|unique|[1-9]\d{0,2})$/.test(modifier));
  if (unknown === undefined) return;
  const expected = type === "references" ? "the name of one other table" : "a length up to 768";
  const meant = nearest(unknown, words);
  const hint = meant ? ` (did you mean ${meant}?)` : "";
  throw fieldInvalid({ field, reason: `"${unknown}" isn't nullable, unique or ${expected}${hint}` });
}

const ownColumns = new Set(["id", "created_at", "changed_at"]);

function refuseContradictions(word: string, field: Field): void {
  const refuse = (reason: string) => {
    throw fieldInvalid({ field: word, reason });
  };
  if (ownColumns.has(field.column)) refuse("every table has id, created_at and changed_at automatically");
  if (field.type === "boolean" && field.isNullable) refuse("a boolean is true or false; remove :nullable");
  if (field.type === "text" && field.isUnique) refuse("a text column can't be unique; use string");
  if (field.maxLength > 768) refuse("the maximum length is 768; use text for more");
}

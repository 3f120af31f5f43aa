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

/** One field of a model, written as `title:string`, `published_at:datetime:nullable` or `board:references`. */
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
  refuseModifiers(word, rest);
  const isReference = type === "references";
  const field: Field = {
    name,
    type,
    isNullable: rest.includes("nullable"),
    isUnique: rest.includes("unique"),
    maxLength: Number(length ?? (type === "url" ? 768 : 255)),
    column: isReference ? `${name.snake}_id` : name.snake,
    property: isReference ? `${name.camel}Id` : name.camel,
    table: isReference ? pluralize.plural(name.snake) : undefined,
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

function refuseModifiers(field: string, modifiers: readonly string[]): void {
  const unknown = modifiers.find((modifier) => !/^(?:nullable|unique|[1-9]\d{0,2})$/.test(modifier));
  if (unknown !== undefined) {
    throw fieldInvalid({ field, reason: `"${unknown}" isn't nullable, unique or a length up to 768` });
  }
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

import type { Field, FieldType } from "../plan/fields.ts";

/** The property's TypeScript type. */
export function propertyType({ type, isNullable }: Field): string {
  return isNullable ? `${plainTypes[type]} | null` : plainTypes[type];
}

const plainTypes: Readonly<Record<FieldType, string>> = {
  string: "string",
  text: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  date: "Milliseconds",
  datetime: "Milliseconds",
  email: "string",
  url: "string",
  references: "string",
};

/** The zod schema that parses the field from a form. */
export function schemaCode(field: Field): string {
  return field.isNullable ? `${filledSchema(field)}.nullable().default(null)` : filledSchema(field);
}

function filledSchema({ type, maxLength, isNullable }: Field): string {
  const filled = isNullable ? "" : `.min(1, "Please fill in this field.")`;
  switch (type) {
    case "string":
      return `z.string().trim()${filled}.max(${maxLength}, "Use at most ${maxLength} characters.")`;
    case "text":
      return `z.string().trim()${filled}.max(10_000, "Use at most 10,000 characters.")`;
    case "integer":
      return `z.coerce.number("Enter a number.").int("Enter a whole number.")`;
    case "number":
      return `z.coerce.number("Enter a number.")`;
    case "boolean":
      return "z.stringbool().default(false)";
    case "date":
      return `z.iso.date("Enter a date.").transform((day) => Date.parse(day))`;
    case "datetime":
      return `z.iso.datetime({ local: true, error: "Enter a date and time." }).transform(readUtc)`;
    case "email":
      return `z.email({ pattern: z.regexes.unicodeEmail, error: "Enter a valid email address." }).max(${maxLength}, "Use at most ${maxLength} characters.")`;
    case "url":
      return `z.url({ protocol: /^https?$/, error: "Enter a URL that starts with https:// or http://." }).max(${maxLength}, "Use at most ${maxLength} characters.")`;
    case "references":
      return `z.string().trim()${filled}.max(36, "Choose one of the options.")`;
  }
}

/** The attributes of the field's `<f.Field>` after `name`. */
export function inputAttributes(field: Field): string {
  const { type, name, column, isNullable, maxLength } = field;
  const label = `label="${name.title}${type === "datetime" ? " (UTC)" : ""}"`;
  const required = isNullable ? "" : " required";
  switch (type) {
    case "text":
      return `type="textarea" ${label} rows={5} maxlength={10000}${required}`;
    case "integer":
      return `type="number" ${label}${required}`;
    case "number":
      return `type="number" step="any" ${label}${required}`;
    case "boolean":
      return `type="checkbox" ${label}`;
    case "date":
      return `type="date" ${label}${required}`;
    case "datetime":
      return `type="datetime-local" ${label}${required}`;
    case "references":
      return `type="select" ${label} options={[nothing, ...choices.${column}]}${required}`;
    default:
      return `${type === "string" ? "" : `type="${type}" `}${label} maxlength={${maxLength}}${required}`;
  }
}

/** The markup that shows the field's value on a page. */
export function displayCode({ type, column, isNullable }: Field, model: string): string {
  const value = `${model}.${column}`;
  if (type === "boolean") return `{${value} ? "Yes" : "No"}`;
  const element = displayElement(type, value);
  if (element === null) return `{${value}}`;
  return isNullable ? `{${value} !== null && ${element}}` : element;
}

function displayElement(type: FieldType, value: string): string | null {
  if (type === "text") return `<span class="excerpt">{${value}}</span>`;
  if (type === "date") return `<time>{formatDay(${value})}</time>`;
  if (type === "datetime") return `<time>{formatMinute(${value})}</time>`;
  return type === "url" ? `<a href={safeUrl(${value})}>{${value}}</a>` : null;
}

/** What the form of a record is filled with: times in the format of their inputs. */
export function valuesCode(fields: readonly Field[], model: string): string {
  const times = fields.flatMap(({ type, column }) => {
    if (type === "date") return [`${column}: formatDay(${model}.${column})`];
    return type === "datetime" ? [`${column}: formatMinute(${model}.${column})`] : [];
  });
  return times.length === 0 ? model : `${model} && { ...${model}, ${times.join(", ")} }`;
}

/** What someone types into the field in a test, as code. */
export function sampleCode(field: Field, index: 1 | 2): string {
  return field.type === "boolean" ? "true" : `"${sampleText(field, index)}"`;
}

/** What someone types into the field in a test, and how a page shows it. */
export function sampleText({ type, name, maxLength }: Field, index: 1 | 2): string {
  const samples: Readonly<Record<FieldType, string>> = {
    string: maxLength < name.title.length + 2 ? `${index}${name.title}`.slice(0, maxLength) : `${name.title} ${index}`,
    text: `Some ${name.words} ${index}`,
    integer: String(40 + index),
    number: `${index}.5`,
    boolean: "on",
    date: `2026-01-0${index}`,
    datetime: `2026-01-0${index}T10:30`,
    email: `person-${index}@example.test`,
    url: `https://example.test/${index}`,
    references: "00000000-0000-4000-8000-000000000000",
  };
  return samples[type];
}

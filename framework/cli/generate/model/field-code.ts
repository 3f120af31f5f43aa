import type { Field, FieldType } from "../plan/fields.ts";

/** The type of the property, as TypeScript writes it. */
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

/** The zod schema that reads the field from a form. */
export function schemaCode(field: Field): string {
  return field.isNullable ? `${filledSchema(field)}.nullable().default(null)` : filledSchema(field);
}

function filledSchema({ type, name, maxLength, isNullable }: Field): string {
  const filled = isNullable ? "" : `.min(1, "${name.title} is missing.")`;
  switch (type) {
    case "string":
      return `z.string().trim()${filled}.max(${maxLength}, "Up to ${maxLength} characters are enough.")`;
    case "text":
      return `z.string().trim()${filled}.max(10_000, "Up to 10,000 characters are enough.")`;
    case "integer":
      return `z.coerce.number("${name.title} is a number.").int("${name.title} is a whole number.")`;
    case "number":
      return `z.coerce.number("${name.title} is a number.")`;
    case "boolean":
      return "z.stringbool().default(false)";
    case "date":
      return `z.iso.date("${name.title} is a date.").transform((day) => Date.parse(day))`;
    case "datetime":
      return `z.iso.datetime({ local: true, error: "${name.title} is a date and a time." }).transform(readUtc)`;
    case "email":
      return `z.email("${name.title} is an email address.").max(${maxLength}, "Up to ${maxLength} characters.")`;
    case "url":
      return `z.url({ protocol: /^https?$/, error: "${name.title} is a web address." }).max(${maxLength}, "Too long.")`;
    case "references":
      return `z.string().trim()${filled}.max(36, "${name.title} is an id.")`;
  }
}

/** The attributes of the field's `<Field>` after its name; `value` is the expression of the thing, e.g. `post`. */
export function inputAttributes(field: Field, thing: string): string {
  const { type, name, property, isNullable, maxLength } = field;
  const label = `label="${name.title}${type === "datetime" ? " (UTC)" : ""}"`;
  const required = isNullable ? "" : " required";
  const value = `${thing}?.${property}`;
  switch (type) {
    case "text":
      return `type="textarea" ${label} value={${value}} rows={5} maxlength={10000}${required}`;
    case "integer":
      return `type="number" ${label} value={${value}}${required}`;
    case "number":
      return `type="number" step="any" ${label} value={${value}}${required}`;
    case "boolean":
      return `type="checkbox" ${label} checked={${value}}`;
    case "date":
      return `type="date" ${label} value={formatDay(${value})}${required}`;
    case "datetime":
      return `type="datetime-local" ${label} value={formatMinute(${value})}${required}`;
    case "references":
      return `type="select" ${label} value={${value}} options={[nothing, ...choices.${property}]}${required}`;
    default:
      return `${type === "string" ? "" : `type="${type}" `}${label} value={${value}} maxlength={${maxLength}}${required}`;
  }
}

/** The expression that shows the field's value on a page. */
export function displayCode({ type, property, isNullable }: Field, thing: string): string {
  const value = `${thing}.${property}`;
  if (type === "boolean") return `${value} ? "Yes" : "No"`;
  if (type === "date") return `formatDay(${value})`;
  if (type === "datetime") return `formatMinute(${value})`;
  if (type === "url")
    return isNullable
      ? `${value} && <a href={safeUrl(${value})}>{${value}}</a>`
      : `<a href={safeUrl(${value})}>{${value}}</a>`;
  return value;
}

/** What a person types into the field in a test, and how a page shows it. */
export function sampleValue({ type, name, maxLength }: Field, index: 1 | 2): string {
  const samples: Readonly<Record<FieldType, string>> = {
    string: `${name.title} ${index}`.slice(0, maxLength),
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

import type { Context } from "hono";
import type { StandardIssue, StandardSchema } from "../base/index.ts";
import type { OutputOf } from "./output-of.ts";
import { type Entry, isPollutingName, readBody } from "./read-body.ts";
import { fieldShape, listFields } from "./schema-shape.ts";

/** Messages by field name. What concerns no single field stands under `_form`. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/** What the visitor typed, by field name, to fill the form again. Never contains passwords, tokens or files. */
export type OldInput = Readonly<Record<string, string>>;

export type FormResult<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly problems: Problems; readonly old: OldInput };

/** The key of problems that belong to the form as a whole. */
export const wholeForm = "_form";

/**
 * Reads and validates the body of a request against zod or any Standard Schema. What a visitor may get wrong is a value, `ok: false`
 * with the problems and the old input; a body that is no form at all throws a `KitError` with status 400 or 415.
 *
 * Of doubled parameters the last wins, unless the schema wants a list or the name ends in `[]`. Empty inputs are absent for
 * optional, number and date fields of zod schemas, and null for nullable ones. `__proto__` and its like are dropped.
 */
export async function readForm<Schema extends StandardSchema>(
  c: Context,
  schema: Schema,
): Promise<FormResult<OutputOf<Schema>>> {
  return validate(await readBody(c), schema);
}

/** `readForm` for the query of the URL. */
export async function readQuery<Schema extends StandardSchema>(
  c: Context,
  schema: Schema,
): Promise<FormResult<OutputOf<Schema>>> {
  return validate([...new URL(c.req.url).searchParams], schema);
}

async function validate<Schema extends StandardSchema>(
  entries: readonly Entry[],
  schema: Schema,
): Promise<FormResult<OutputOf<Schema>>> {
  const result = await schema["~standard"].validate(collect(entries, schema));
  if (result.issues) return { ok: false, problems: problemsOf(result.issues), old: oldInput(entries) };
  // The standard's own promise: without issues, `value` is the schema's output.
  return { ok: true, data: result.value as OutputOf<Schema> };
}

function collect(entries: readonly Entry[], schema: StandardSchema): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const name of listFields(schema)) values[name] = [];
  for (const [sentName, sentValue] of entries) {
    const name = sentName.endsWith("[]") ? sentName.slice(0, -2) : sentName;
    if (isPollutingName(name) || name === csrfFieldName) continue;
    const shape = fieldShape(schema, name);
    const value = sentValue === "" ? emptyValue(shape.empty) : sentValue;
    const isList = shape.isList || name !== sentName;
    values[name] = isList ? append(values[name], value) : value;
  }
  return values;
}

/** Name of the hidden field that carries the CSRF token; `readForm` leaves it out of the data. */
export const csrfFieldName = "_csrf";

function emptyValue(empty: "text" | "absent" | "null"): "" | null | undefined {
  if (empty === "text") return "";
  return empty === "null" ? null : undefined;
}

function append(list: unknown, value: unknown): unknown[] {
  const known = Array.isArray(list) ? list : [];
  if (Array.isArray(value)) return [...known, ...value];
  return value === undefined ? known : [...known, value];
}

function problemsOf(issues: readonly StandardIssue[]): Problems {
  const problems: Record<string, string[]> = Object.create(null);
  for (const issue of issues) {
    const path = (issue.path ?? []).map((step) => String(typeof step === "object" ? step.key : step));
    const name = path.length === 0 ? wholeForm : path.join(".");
    problems[name] = [...(problems[name] ?? []), issue.message];
  }
  return problems;
}

const secretName = /passw|secret|token|_csrf|card.?number|cvc/i;

function oldInput(entries: readonly Entry[]): OldInput {
  const old: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) {
    const isText = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    if (isText && !secretName.test(name) && !isPollutingName(name)) old[name] = String(value);
  }
  return old;
}

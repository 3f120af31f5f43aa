import type { Context } from "hono";
import type { StandardIssue, StandardSchema } from "../../base/index.ts";
import { isForm } from "../../secure/index.ts";
import { type Entry, isPollutingName, readBody, refuseNul, withPlainLines } from "./read-body.ts";
import { type FieldShape, fieldShapes, mayTakeFiles } from "./schema-shape.ts";

/** The type of a schema's valid value. */
export type OutputOf<Schema extends StandardSchema> =
  Schema extends StandardSchema<unknown, infer Output> ? Output : never;

/** Messages by field name. Those about the form as a whole are under `_form`. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/** The input by field name, to fill in the form again. Never contains passwords, tokens or files. */
export type OldInput = Readonly<Record<string, string>>;

export type FormResult<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly problems: Problems; readonly old: OldInput };

/** Every value that was sent, by field name. Never contains passwords, tokens or files. */
export type SentValues = Readonly<Record<string, readonly string[]>>;

/** The key of problems about the form as a whole. */
export const wholeForm = "_form";

/**
 * Reads the body of a request and validates it with zod or any Standard Schema. Invalid input returns `ok: false` with the problems and
 * the old input. A body that isn't a form at all throws a `KitError` with status 400 or 415.
 *
 * If a parameter is repeated, the last value wins, unless the schema expects a list or the name ends in `[]`. Empty inputs are undefined
 * for optional, number and date fields of zod schemas, and null for nullable ones. Names such as `__proto__` are dropped.
 *
 * Forms send texts: `z.boolean()` takes `on`, `true`, `yes` and `1`, their opposites, and a checkbox that isn't checked; `z.number()`,
 * `z.bigint()`, `z.date()`, literals and enums take the text of their value. Line breaks are `\n`.
 */
export async function readForm<Schema extends StandardSchema>(
  c: Context,
  schema: Schema,
): Promise<FormResult<OutputOf<Schema>>> {
  return validateEntries(await readBody(c, { takesFiles: mayTakeFiles(schema) }), schema, sourceOf(c));
}

/** `readForm` for the query string. Nothing is refused if each field of the schema has a fallback: `z.enum(["open", "done"]).catch("open")`. */
export async function readQuery<Schema extends StandardSchema>(
  c: Context,
  schema: Schema,
): Promise<FormResult<OutputOf<Schema>>> {
  const entries = [...new URL(c.req.url).searchParams];
  refuseNul(...entries.flat());
  return validateEntries(
    entries.map(([name, value]) => [name, withPlainLines(value)]),
    schema,
    "query",
  );
}

/** Forms and queries send texts, and nothing for a box that isn't checked. JSON says what it means. */
export type Source = "form" | "query" | "json";

/** What the body of a request is. */
export function sourceOf(c: Context): Source {
  return isForm(c) ? "form" : "json";
}

/** Validates what has been read from a request. */
export async function validateEntries<Schema extends StandardSchema>(
  entries: readonly Entry[],
  schema: Schema,
  source: Source,
): Promise<FormResult<OutputOf<Schema>>> {
  const result = await schema["~standard"].validate(collect(entries, schema, source));
  if (result.issues) return { ok: false, problems: problemsOf(result.issues), old: oldInput(entries) };
  // Standard Schema guarantees the type: without issues, `value` is the output of the schema.
  return { ok: true, data: result.value as OutputOf<Schema> };
}

function collect(entries: readonly Entry[], schema: StandardSchema, source: Source): Record<string, unknown> {
  const shapes = fieldShapes(schema, (name) => entries.findLast(([sentName]) => sentName === name)?.[1]);
  const values: Record<string, unknown> = Object.create(null);
  const lists = new Map<string, unknown[]>();
  for (const [name, shape] of shapes.known) {
    if (shape.isList) lists.set(name, []);
    else if (meansUnchecked(shape, source)) values[name] = false;
  }
  const read = (shape: FieldShape, value: unknown) => {
    if (value === "") return emptyValue(shape.empty);
    return source === "json" ? value : shape.read(value);
  };
  for (const [sentName, sentValue] of entries) {
    const name = sentName.endsWith("[]") ? sentName.slice(0, -2) : sentName;
    if (isPollutingName(name) || isOwnField(name)) continue;
    const shape = shapes.of(name);
    if (!shape.isList && name === sentName) {
      values[name] = read(shape, sentValue);
      continue;
    }
    const list = lists.get(name) ?? [];
    lists.set(name, list);
    const items = [sentValue].flat().map((value) => read(shape, value));
    list.push(...items.filter((item) => item !== undefined));
  }
  for (const [name, list] of lists) values[name] = shapes.of(name).collect(list);
  return values;
}

/** Whether a boolean that isn't there is a box that isn't checked. In a query it may also be one that nobody has decided about yet. */
function meansUnchecked({ unsent, hasFallback }: FieldShape, source: Source): boolean {
  return unsent === false && (source === "form" || (source === "query" && !hasFallback));
}

/** Name of the hidden field with the CSRF token; `readForm` leaves it out of the data. */
export const csrfFieldName = "_csrf";

/** Hidden fields of the framework, which aren't part of the data. */
export function isOwnField(name: string): boolean {
  return name === csrfFieldName || name.startsWith("_form_");
}

function emptyValue(empty: "text" | "absent" | "null"): "" | null | undefined {
  if (empty === "text") return "";
  return empty === "null" ? null : undefined;
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

const allValues = Symbol("all values");

function oldInput(entries: readonly Entry[]): OldInput {
  const old: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) if (isKept(name, value) && !Array.isArray(value)) old[name] = String(value);
  // With only the last one of several, `<Form old>` would show choices that nobody made. Hidden, so that `old` is what it looks like.
  return Object.defineProperty(old, allValues, { value: sentValues(entries) });
}

/** What was sent, of the old input that `readForm` returned; of any other, what it has. */
export function sentOf(old: OldInput & { readonly [allValues]?: SentValues }): SentValues {
  return old[allValues] ?? Object.fromEntries(Object.entries(old).map(([name, value]) => [name, [value]]));
}

/** All values that a form can show again. */
export function sentValues(entries: readonly Entry[]): SentValues {
  const sent: Record<string, string[]> = Object.create(null);
  for (const [name, value] of entries) {
    if (!isKept(name, value) || isOwnField(name)) continue;
    const values = Array.isArray(value) ? value.filter(isText) : [value];
    sent[name] = [...(sent[name] ?? []), ...values.map(String)];
  }
  return sent;
}

function isKept(name: string, value: unknown): boolean {
  return (isText(value) || Array.isArray(value)) && !secretName.test(name) && !isPollutingName(name);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

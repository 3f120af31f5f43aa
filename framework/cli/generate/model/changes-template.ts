import type { Field } from "../plan/fields.ts";
import type { Model } from "./model.ts";

/** `changes.ts`: making, saving and deleting one; what the database refuses becomes a problem of the form. */
export function changesSource({ thing, fields }: Model): string {
  const { pascal, plural, words } = thing;
  const unique = fields.filter((field) => field.isUnique);
  const references = fields.filter((field) => field.type === "references");
  const isRefusable = unique.length + references.length > 0;
  const imports = [
    "createId",
    "type Database",
    ...(references.length > 0 ? ["isForeignKeyViolation"] : []),
    ...(unique.length > 0 ? ["isUniqueViolation"] : []),
    "type Milliseconds",
    "type Problems",
  ];
  const wrap = (body: string) =>
    isRefusable ? `return await savedOrRefused(async () => {${nested(body)}\n  });` : body.trim();
  return `import { ${imports.join(", ")} } from "buffkit";
import type { ${pascal} } from "./queries.ts";
import "./tables.ts";

/** What people may fill in. */
export type ${pascal}Input = Omit<${pascal}, "id" | "createdAt" | "changedAt">;

export type Save${pascal}Result =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problems: Problems };

/** Makes a new ${words}. */
export async function create${pascal}(db: Database, input: ${pascal}Input, now: Milliseconds): Promise<Save${pascal}Result> {
  ${wrap(createBody(plural.snake))}
}

/** Saves what was changed. A ${words} that is gone stays gone. */
export async function update${pascal}(
  db: Database,
  { id, ...input }: ${pascal}Input & { readonly id: string },
  now: Milliseconds,
): Promise<Save${pascal}Result> {
  ${wrap(updateBody(plural.snake))}
}

/** False: it was gone already. */
export async function delete${pascal}(db: Database, id: string): Promise<boolean> {
  const result = await db.deleteFrom("${plural.snake}").where("id", "=", id).executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

function columnsOf(input: ${pascal}Input) {
  return {
${fields.map((field) => `    ${field.column}: input.${field.property},`).join("\n")}
  };
}
${isRefusable ? refusals(pascal, { unique, references }) : ""}`;
}

function createBody(table: string): string {
  return `
  const id = createId();
  await db
    .insertInto("${table}")
    .values({ id, ...columnsOf(input), created_at: now, changed_at: now })
    .execute();
  return { ok: true, id };`;
}

function updateBody(table: string): string {
  return `
  const result = await db
    .updateTable("${table}")
    .set({ ...columnsOf(input), changed_at: now })
    .where("id", "=", id)
    .executeTakeFirst();
  if (Number(result.numUpdatedRows) === 1) return { ok: true, id };
  return { ok: false, problems: { _form: ["Somebody has deleted it meanwhile."] } };`;
}

interface Refusable {
  readonly unique: readonly Field[];
  readonly references: readonly Field[];
}

function refusals(pascal: string, { unique, references }: Refusable): string {
  const lines = [
    ...refusal("isUniqueViolation", unique, (names) => `There is one with the same ${names} already.`),
    ...refusal("isForeignKeyViolation", references, (names) => `There is no ${names} with this id.`),
  ];
  return `
async function savedOrRefused(save: () => Promise<Save${pascal}Result>): Promise<Save${pascal}Result> {
  try {
    return await save();
  } catch (error) {
${lines.join("\n")}
    throw error;
  }
}
`;
}

function refusal(test: string, fields: readonly Field[], text: (names: string) => string): readonly string[] {
  const [first, second] = fields;
  if (!first) return [];
  const names = fields.map((field) => field.name.words).join(" or ");
  // The databases name the column each in their own way: with several the whole form is told.
  const place = second ? "_form" : first.property;
  return [
    `    if (${test}(error)) {`,
    `      return { ok: false, problems: { ${place}: ["${text(names)}"] } };`,
    "    }",
  ];
}

function nested(body: string): string {
  return body.replace(/\n/g, "\n  ");
}

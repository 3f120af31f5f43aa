import type { Field } from "../plan/fields.ts";
import type { Model } from "./model.ts";

/** `changes.ts`: creates, updates and deletes; constraint violations become form problems. */
export function changesSource({ thing, fields }: Model): string {
  const { pascal, plural, words } = thing;
  const unique = fields.filter((field) => field.isUnique);
  const references = fields.filter((field) => field.type === "references");
  const canFail = unique.length + references.length > 0;
  const imports = [
    "createId",
    "type Database",
    ...(references.length > 0 ? ["isForeignKeyViolation"] : []),
    ...(unique.length > 0 ? ["isUniqueViolation"] : []),
    "type Milliseconds",
    "type Problems",
  ];
  const wrap = (body: string) =>
    canFail ? `return await saveOrReport(async () => {${nested(body)}\n  });` : body.trim();
  return `import { ${imports.join(", ")} } from "buffkit";
import type { ${pascal} } from "./queries.ts";
import "./tables.ts";

/** The fields of the form. */
export type ${pascal}Input = Omit<${pascal}, "id" | "createdAt" | "changedAt">;

export type Save${pascal}Result =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problems: Problems };

/** Creates a ${words}. */
export async function create${pascal}(db: Database, input: ${pascal}Input, now: Milliseconds): Promise<Save${pascal}Result> {
  ${wrap(createBody(plural.snake))}
}

/** Updates a ${words}; reports a problem if it no longer exists. */
export async function update${pascal}(
  db: Database,
  { id, ...input }: ${pascal}Input & { readonly id: string },
  now: Milliseconds,
): Promise<Save${pascal}Result> {
  ${wrap(updateBody(plural.snake))}
}

/** Returns false if it no longer exists. */
export async function delete${pascal}(db: Database, id: string): Promise<boolean> {
  const result = await db.deleteFrom("${plural.snake}").where("id", "=", id).executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}

function columnsOf(input: ${pascal}Input) {
  return {
${fields.map((field) => `    ${field.column}: input.${field.property},`).join("\n")}
  };
}
${canFail ? saveOrReportCode(pascal, { unique, references }) : ""}`;
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
  return { ok: false, problems: { _form: ["This was deleted by someone else."] } };`;
}

interface Constraints {
  readonly unique: readonly Field[];
  readonly references: readonly Field[];
}

function saveOrReportCode(pascal: string, { unique, references }: Constraints): string {
  const lines = [
    ...violation("isUniqueViolation", unique, (names) => `This ${names} is already taken.`),
    ...violation("isForeignKeyViolation", references, (names) => `There is no such ${names}.`),
  ];
  return `
async function saveOrReport(save: () => Promise<Save${pascal}Result>): Promise<Save${pascal}Result> {
  try {
    return await save();
  } catch (error) {
${lines.join("\n")}
    throw error;
  }
}
`;
}

function violation(test: string, fields: readonly Field[], text: (names: string) => string): readonly string[] {
  const [first, second] = fields;
  if (!first) return [];
  const names = fields.map((field) => field.name.words).join(" or ");
  // Each database reports the column differently, so with several candidates the problem goes to the whole form.
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

import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";

/** The fields that refer to rows of other tables. */
export function referenceFields({ fields }: Model): readonly Field[] {
  return fields.filter(({ type }) => type === "references");
}

/** `choices.ts`: the options of the form's selects; null if no field refers to another table. */
export function choicesSource(model: Model): string | null {
  const references = referenceFields(model);
  if (references.length === 0) return null;
  const lines = references.map(({ column, table }) => `    ${column}: await choicesOf(db, "${table}"),`);
  return `import { type FieldOption, type Kysely, sql, type Tables } from "buffkit";

export type Choices = Awaited<ReturnType<typeof listChoices>>;

/** The rows a ${model.thing.words} can refer to, by field: at most 200 each, labeled by title, name or email. */
export async function listChoices(db: Kysely<Tables>) {
  return {
${lines.join("\n")}
  };
}

async function choicesOf(db: Kysely<Tables>, table: string): Promise<readonly FieldOption[]> {
  const query = sql<Readonly<Record<string, unknown>>>\`select * from \${sql.table(table)} limit 200\`;
  const { rows } = await query.execute(db);
  return rows.map((row) => ({ value: String(row.id), label: String(row.title ?? row.name ?? row.email ?? row.id) }));
}
`;
}

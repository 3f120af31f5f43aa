import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";

/** The fields that refer to rows of other tables. */
export function referenceFields({ fields }: Model): readonly Field[] {
  return fields.filter(({ type }) => type === "references");
}

/** `choices.ts`: what the selects of the form offer; null where nothing refers to another table. */
export function choicesSource(model: Model): string | null {
  const references = referenceFields(model);
  if (references.length === 0) return null;
  const lines = references.map(({ property, table }) => `    ${property}: await choicesOf(db, "${table}"),`);
  return `import { type Database, sql } from "buffkit";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type Choices = Awaited<ReturnType<typeof listChoices>>;

/** The rows that a ${model.thing.words} may refer to, by field: at most 200 each, under what names them. */
export async function listChoices(db: Database) {
  return {
${lines.join("\n")}
  };
}

async function choicesOf(db: Database, table: string): Promise<readonly Choice[]> {
  const query = sql<Readonly<Record<string, unknown>>>\`select * from \${sql.table(table)} limit 200\`;
  const { rows } = await query.execute(db);
  return rows.map((row) => ({ value: String(row.id), label: String(row.title ?? row.name ?? row.email ?? row.id) }));
}
`;
}

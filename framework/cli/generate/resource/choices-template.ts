import type { Reference } from "./reference.ts";
import type { ResourceModel } from "./resource-model.ts";

/** `choices.ts`: the options of the form's selects; null if no field refers to another table. */
export function choicesSource({ thing, references }: ResourceModel): string | null {
  if (references.length === 0) return null;
  const isGuessed = references.some(({ label }) => label === null);
  const chosen = references.map(({ field }) => `${field.column}?: string | null`).join("; ");
  return `import { type FieldOption, type Kysely, ${isGuessed ? "sql, " : ""}type Tables } from "buffkit";

export type Choices = Awaited<ReturnType<typeof listChoices>>;

const atMost = 500;

/** The rows that a ${thing.words} can refer to, by field: those that are chosen first, then by name. */
export async function listChoices(db: Kysely<Tables>, chosen: { ${chosen} } = {}) {
  return {
${references.map(queryCode).join("\n")}
  };
}

/** Says so if there are more; then let people search instead. */
function offer(rows: readonly FieldOption[]): readonly FieldOption[] {
  if (rows.length <= atMost) return rows;
  return [...rows.slice(0, atMost), { value: "-", label: \`Only \${atMost} are listed\`, disabled: true }];
}
${isGuessed ? `\n${guessCode}` : ""}`;
}

function queryCode({ field, table, label }: Reference): string {
  const { column } = field;
  if (label === null) return `    ${column}: offer(await rowsOf(db, "${table}", chosen.${column})),`;
  return `    ${column}: offer(
      await db
        .selectFrom("${table}")
        .select(["id as value", "${label} as label"])
        .orderBy((eb) => eb("id", "=", chosen.${column} ?? ""), "desc")
        .orderBy("${label}")
        .limit(atMost + 1)
        .execute(),
    ),`;
}

const guessCode = `/** Rows of a table whose columns weren't known when this was generated. It is faster to name the column. */
async function rowsOf(db: Kysely<Tables>, table: string, chosen?: string | null): Promise<readonly FieldOption[]> {
  const tables = await db.introspection.getTables();
  const columns = tables.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];
  const label = sql.ref(["title", "name", "email"].find((name) => columns.includes(name)) ?? "id");
  const query = sql<FieldOption>\`
    select id as value, \${label} as label from \${sql.table(table)}
    order by (id = \${chosen ?? ""}) desc, \${label} limit \${atMost + 1}\`;
  return (await query.execute(db)).rows;
}
`;

import { propertyType } from "./field-code.ts";
import type { Model } from "./model.ts";

/** `queries.ts`: the record as pages show it, one by id, and the list. */
export function queriesSource({ thing, fields }: Model): string {
  const { pascal, plural, words } = thing;
  const types = fields.map((field) => `  readonly ${field.property}: ${propertyType(field)};`);
  const properties = fields.map((field) => `    ${field.property}: row.${field.column},`);
  return `import type { Database, Milliseconds, Selectable } from "buffkit";
import type { ${pascal}Table } from "./tables.ts";

/** One ${words}, as pages show it. */
export interface ${pascal} {
  readonly id: string;
${types.join("\n")}
  readonly createdAt: Milliseconds;
  readonly changedAt: Milliseconds;
}

/** The ${plural.words}, most recently changed first. Default limit: 100. */
export async function list${plural.pascal}(db: Database, limit = 100): Promise<readonly ${pascal}[]> {
  const rows = await db
    .selectFrom("${plural.snake}")
    .selectAll()
    .orderBy("changed_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(to${pascal});
}

/** The ${words} with this id, or null. */
export async function find${pascal}(db: Database, id: string): Promise<${pascal} | null> {
  const row = await db.selectFrom("${plural.snake}").selectAll().where("id", "=", id).executeTakeFirst();
  return row ? to${pascal}(row) : null;
}

function to${pascal}(row: Selectable<${pascal}Table>): ${pascal} {
  return {
    id: row.id,
${properties.join("\n")}
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
`;
}

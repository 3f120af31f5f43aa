import { propertyType } from "./field-code.ts";
import type { Model } from "./model.ts";

/** `tickets.ts`: the row's type, added to the database's tables, and the queries: the list, and one by id. */
export function modelSource({ thing, fields }: Model): string {
  const { pascal, plural, words } = thing;
  return `import type { Kysely, Milliseconds, Selectable, Tables } from "buffkit";

export interface ${pascal}Table {
  readonly id: string;
${fields.map((field) => `  ${field.column}: ${propertyType(field)};`).join("\n")}
  readonly created_at: Milliseconds;
  changed_at: Milliseconds;
}

declare module "buffkit" {
  interface Tables {
    ${plural.snake}: ${pascal}Table;
  }
}

/** One ${words}, as it is stored. */
export type ${pascal} = Selectable<${pascal}Table>;

/** The ${plural.words}, most recently changed first. Default limit: 100. */
export function list${plural.pascal}(db: Kysely<Tables>, limit = 100): Promise<readonly ${pascal}[]> {
  return db.selectFrom("${plural.snake}").selectAll().orderBy("changed_at", "desc").orderBy("id").limit(limit).execute();
}

/** The ${words} with this id, if there is one. */
export function find${pascal}(db: Kysely<Tables>, id: string): Promise<${pascal} | undefined> {
  return db.selectFrom("${plural.snake}").selectAll().where("id", "=", id).executeTakeFirst();
}
`;
}

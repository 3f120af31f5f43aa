import { propertyType } from "./field-code.ts";
import type { Model } from "./model.ts";

/** The queries of a model: what they import from `buffkit`, and their code. */
export interface ModelQueries {
  readonly imports: readonly string[];
  readonly isZodUsed: boolean;
  readonly code: string;
}

/** `tickets.ts`: the row's type, added to the database's tables, and the queries. */
export function modelSource({ thing, fields }: Model, { imports, isZodUsed, code }: ModelQueries): string {
  const { pascal, plural, words } = thing;
  return `import { ${imports.join(", ")} } from "buffkit";
${isZodUsed ? 'import { z } from "zod";\n' : ""}
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

${code}`;
}

/** The list, and one by id. */
export function plainQueries({ thing }: Model): ModelQueries {
  const { pascal, plural, words } = thing;
  return {
    imports: ["type Kysely", "type Milliseconds", "type Selectable", "type Tables"],
    isZodUsed: false,
    code: `/** The ${plural.words}, most recently changed first. Default limit: 100. */
export function list${plural.pascal}(db: Kysely<Tables>, limit = 100): Promise<readonly ${pascal}[]> {
  return db.selectFrom("${plural.snake}").selectAll().orderBy("changed_at", "desc").orderBy("id").limit(limit).execute();
}

/** The ${words} with this id, if there is one. */
export function find${pascal}(db: Kysely<Tables>, id: string): Promise<${pascal} | undefined> {
  return db.selectFrom("${plural.snake}").selectAll().where("id", "=", id).executeTakeFirst();
}
`,
  };
}

import {
  DummyDriver,
  Kysely,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
} from "kysely";
import type { Compilable } from "../../db/index.ts";
import type { ColumnValues } from "./change.ts";
import type { ColumnKind, KindOf } from "./comparable.ts";
import { isNode, type QueryNode } from "./query-node.ts";
import type { RandomTables } from "./random-queries.ts";

/** Builds queries that are never run. */
export const queries = queryBuilder(new PostgresQueryCompiler());
export const mysqlQueries = queryBuilder(new MysqlQueryCompiler());

function queryBuilder(compiler: QueryCompiler) {
  return new Kysely<RandomTables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => compiler,
    },
  });
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  "lists.id": "key",
  "lists.owner": "text",
  "items.id": "key",
  "items.list_id": "integer",
  "items.title": "text",
  "items.done": "boolean",
  "notes.id": "key",
  "notes.item_id": "integer",
};

/** Nothing is known of the other columns, such as `items.rank`. */
export const kindOf: KindOf = (table, column) => kinds[`${table}.${column}`];

export function compile(query: Compilable): { readonly query: QueryNode; readonly sql: string } {
  const { query: node, sql } = query.compile();
  const given: unknown = node;
  if (!isNode(given)) throw new TypeError("no query");
  return { query: given, sql };
}

/** `list_id=1|2 done=true`. */
export function formatValues(values: ColumnValues): string {
  return Object.entries(values)
    .map(([column, texts]) => ` ${column}=${texts.join("|")}`)
    .join("");
}

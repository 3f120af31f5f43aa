import type { Kysely, KyselyPlugin } from "kysely";
import { silentLogger } from "../../base/index.ts";
import { columnsFor } from "../columns.ts";
import type { Database } from "../database.ts";
import { openDatabase } from "../open-database.ts";
import type { DatabaseSubject } from "./database-subject.ts";

export type Library = {
  readonly shelves: { id: string };
};

/** An open database with an empty table. */
export interface ShelvesSubject extends DatabaseSubject {
  readonly db: Database<Library>;
  /** The name of the default schema. */
  readonly schema: string;
  add(id: string, db?: Kysely<Library>): Promise<unknown>;
  shelves(): Promise<readonly string[]>;
}

/** Opens the database and creates the table. */
export async function openShelves({ url, close }: DatabaseSubject): Promise<ShelvesSubject> {
  const db = await openDatabase<Library>(url, { log: silentLogger });
  await db.schema
    .createTable("shelves")
    .addColumn("id", columnsFor<Library>(db).id, (id) => id.primaryKey())
    .execute();
  const schemas = { sqlite: "main", postgres: "public", mysql: new URL(url).pathname.slice(1) };
  return {
    url,
    db,
    schema: schemas[db.dialect],
    add: (id, through = db) => through.insertInto("shelves").values({ id }).execute(),
    shelves: async () => (await db.selectFrom("shelves").select("id").orderBy("id").execute()).map(({ id }) => id),
    async close() {
      await db.destroy();
      await close?.();
    },
  };
}

/** A plugin that changes nothing. */
export const idlePlugin: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => result,
};

/** The ways to derive a database from another one. */
export const derivations: readonly { readonly way: string; derive(subject: ShelvesSubject): Kysely<Library> }[] = [
  { way: "withPlugin", derive: ({ db }) => db.withPlugin(idlePlugin) },
  { way: "withoutPlugins", derive: ({ db }) => db.withoutPlugins() },
  { way: "withSchema", derive: ({ db, schema }) => db.withSchema(schema) },
  { way: "withTables", derive: ({ db }) => db.withTables<{ others: { id: string } }>() },
  {
    way: "all of them",
    derive: ({ db, schema }) =>
      db.withTables<Library>().withSchema(schema).withPlugin(idlePlugin).withTables<Library>(),
  },
];

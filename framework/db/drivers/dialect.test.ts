import {
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  SqliteAdapter,
} from "kysely";
import { describe, expect, it } from "vitest";
import { columnsFor } from "../columns.ts";
import { openDatabase } from "../open-database.ts";
import { dialectOf } from "./dialect.ts";

/** A database of Kysely's own with this adapter. */
function plainDatabase(adapter: SqliteAdapter | PostgresAdapter | MysqlAdapter | MssqlAdapter): Kysely<unknown> {
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  });
}

describe("dialectOf", () => {
  it.each([
    [new SqliteAdapter(), "sqlite"],
    [new PostgresAdapter(), "postgres"],
    [new MysqlAdapter(), "mysql"],
  ])("knows a database of Kysely's own by its features: %o", (adapter, dialect) => {
    expect(dialectOf(plainDatabase(adapter))).toBe(dialect);
  });

  it("refuses a database of another kind", () => {
    expect(() => dialectOf(plainDatabase(new MssqlAdapter()))).toThrow(
      expect.objectContaining({ code: "DB_DIALECT_UNKNOWN", message: expect.stringContaining("MssqlAdapter") }),
    );
  });

  it("knows our own, also inside a transaction", async () => {
    const db = await openDatabase("sqlite::memory:");

    const inside = await db.transaction().execute(async (trx) => dialectOf(trx));

    expect([dialectOf(db), inside]).toEqual(["sqlite", "sqlite"]);
    await db.destroy();
  });

  it("takes no other property for a dialect", () => {
    expect(dialectOf(Object.assign(plainDatabase(new MysqlAdapter()), { dialect: "oracle" }))).toBe("mysql");
    expect(dialectOf(Object.assign(plainDatabase(new MysqlAdapter()), { dialect: "postgres" }))).toBe("postgres");
  });
});

describe("columnsFor", () => {
  async function definitionOf(adapter: SqliteAdapter | PostgresAdapter | MysqlAdapter): Promise<string> {
    const db = plainDatabase(adapter);
    const column = columnsFor(db);
    const table = db.schema
      .createTable("a")
      .addColumn("id", column.id)
      .addColumn("hash", column.hash)
      .addColumn("string", column.string())
      .addColumn("short", column.string(20))
      .addColumn("text", column.text)
      .addColumn("json", column.json)
      .addColumn("integer", column.integer)
      .addColumn("bigint", column.bigint)
      .addColumn("real", column.real)
      .addColumn("boolean", column.boolean)
      .addColumn("timestamp", column.timestamp, (at) => at.defaultTo(column.now()))
      .addColumn("binary", column.binary);
    return table.compile().sql.replaceAll("`", "").replaceAll(", ", "\n");
  }

  it("defines the same columns on every database", async () => {
    expect(await definitionOf(new SqliteAdapter())).toMatchInlineSnapshot(`
      "create table a (id varchar(36)
      hash char(64)
      string varchar(255)
      short varchar(20)
      text text
      json text
      integer integer
      bigint bigint
      real double precision
      boolean boolean
      timestamp bigint default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer))
      binary blob)"
    `);
    expect(await definitionOf(new PostgresAdapter())).toMatchInlineSnapshot(`
      "create table a (id varchar(36)
      hash char(64)
      string varchar(255)
      short varchar(20)
      text text
      json text
      integer integer
      bigint bigint
      real double precision
      boolean boolean
      timestamp bigint default ((extract(epoch from clock_timestamp()) * 1000)::bigint)
      binary bytea)"
    `);
    const onMysql = (await definitionOf(new MysqlAdapter())).split("\n").slice(0, 10);
    expect(onMysql.map((column) => column.replace(/ (character set|default) .*/, ""))).toEqual([
      "create table a (id varchar(36)",
      "hash char(64)",
      "string varchar(255)",
      "short varchar(20)",
      "text longtext",
      "json longtext",
      "integer integer",
      "bigint bigint",
      "real double precision",
      "boolean boolean",
    ]);
  });
});

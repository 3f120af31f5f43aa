import { type Kysely, type RawBuilder, sql } from "kysely";
import { Database, type Dialect } from "./database.ts";
import { dialectUnknown } from "./errors.ts";
import { isSqliteAdapter } from "./sqlite-dialect.ts";

/** Column types for `addColumn(name, type)` that mean the same on all three databases. */
export interface Columns {
  readonly dialect: Dialect;
  /** A UUID or other key made by the app, up to 36 characters. */
  readonly id: "varchar(36)";
  /** A SHA-256 in hex. */
  readonly hash: "char(64)";
  /** Text up to a length, which may be indexed and unique; 255 characters unless given, at most 768. */
  string(length?: number): `varchar(${number})`;
  /** Text of any length; MySQL indexes none of it. */
  readonly text: RawBuilder<string>;
  /** JSON kept as text: written with `JSON.stringify`, read with `JSON.parse`. */
  readonly json: RawBuilder<string>;
  readonly integer: "integer";
  /** Whole numbers up to 2^53 − 1. */
  readonly bigint: "bigint";
  readonly real: "double precision";
  /** True or false, in JavaScript too. */
  readonly boolean: "boolean";
  /** Milliseconds since the Unix epoch, a number in JavaScript. */
  readonly timestamp: "bigint";
  /** Bytes. */
  readonly binary: RawBuilder<Buffer>;
  /** The database's own time as a default for a `timestamp` column. */
  now(): RawBuilder<number>;
}

/** The column types for the database that a migration runs on: `const column = columnsFor(db)`. */
export function columnsFor<T>(db: Kysely<T>): Columns {
  const dialect = dialectOf(db);
  return {
    dialect,
    id: "varchar(36)",
    hash: "char(64)",
    string: (length = 255) => `varchar(${length})`,
    text: types[dialect].text,
    json: types[dialect].text,
    integer: "integer",
    bigint: "bigint",
    real: "double precision",
    boolean: "boolean",
    timestamp: "bigint",
    binary: types[dialect].binary,
    now: () => types[dialect].now,
  };
}

/** Which of the three a Kysely instance talks to, also inside a transaction or a migration. */
export function dialectOf<T>(db: Kysely<T>): Dialect {
  if (db instanceof Database) return db.dialect;
  const { adapter } = db.getExecutor();
  if (isSqliteAdapter(adapter)) return "sqlite";
  // Told by what they can do, not by their classes: the app's Kysely may be another copy than the one in the framework's build.
  if (adapter.supportsReturning) return adapter.supportsTransactionalDdl ? "postgres" : "sqlite";
  if (!adapter.supportsTransactionalDdl) return "mysql";
  throw dialectUnknown({ adapter: adapter.constructor.name });
}

const types = {
  sqlite: {
    text: sql<string>`text`,
    binary: sql<Buffer>`blob`,
    now: sql<number>`(cast(round((julianday('now') - 2440587.5) * 86400000) as integer))`,
  },
  postgres: {
    text: sql<string>`text`,
    binary: sql<Buffer>`bytea`,
    now: sql<number>`((extract(epoch from clock_timestamp()) * 1000)::bigint)`,
  },
  mysql: {
    text: sql<string>`longtext`,
    binary: sql<Buffer>`longblob`,
    now: sql<number>`(cast(unix_timestamp(current_timestamp(3)) * 1000 as signed))`,
  },
} satisfies Record<Dialect, Record<"text" | "binary" | "now", RawBuilder<unknown>>>;

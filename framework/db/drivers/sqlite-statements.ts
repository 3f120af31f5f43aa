import type BetterSqlite3 from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { isRecord } from "../../base/index.ts";
import { refuseObjects } from "./refuse-objects.ts";

const statementsKept = 500;
const halfPair = /\p{Surrogate}/gu;
const schemaChange = /^\s*(?:create|alter|drop|pragma(?!\s+query_only)|vacuum)\b/i;

/** An SQLite handle in the shape that Kysely expects. */
export interface SqliteStatements extends SqliteDatabase {
  /** The number of schema changes made through this handle. */
  readonly schemaChanges: number;
  /** Drops all prepared statements, because another handle changed the schema. */
  forget(): void;
}

/**
 * Adapts a better-sqlite3 handle to Kysely: statements are prepared once, booleans and dates can be bound (as 0/1 and milliseconds),
 * and columns declared `boolean` are read as booleans, as on the other databases.
 */
export function createSqliteStatements(handle: BetterSqlite3.Database): SqliteStatements {
  const kept = new Map<string, SqliteStatement>();
  let schemaChanges = 0;
  return {
    get schemaChanges() {
      return schemaChanges;
    },
    forget() {
      kept.clear();
      // SQLite reloads the schema when a statement runs, not when it is prepared.
      handle.prepare("select 1 from sqlite_schema limit 1").get();
    },
    close: () => void handle.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      const statement = createStatement(handle.prepare(sql));
      if (schemaChange.test(sql)) {
        kept.clear();
        schemaChanges += 1;
      } else keep(kept, sql, statement);
      return statement;
    },
  };
}

function keep(kept: Map<string, SqliteStatement>, sql: string, statement: SqliteStatement): void {
  if (kept.size >= statementsKept) {
    const oldest = kept.keys().next();
    if (!oldest.done) kept.delete(oldest.value);
  }
  kept.set(sql, statement);
}

function createStatement(statement: BetterSqlite3.Statement): SqliteStatement {
  const booleans = statement.reader
    ? statement
        .columns()
        .filter((column) => column.type?.toLowerCase() === "boolean")
        .map((column) => column.name)
    : [];
  return {
    reader: statement.reader,
    all: (parameters) => withBooleans(statement.all(...bindable(parameters)), booleans),
    run: (parameters) => statement.run(...bindable(parameters)),
    *iterate(parameters) {
      for (const row of statement.iterate(...bindable(parameters))) yield withBooleans([row], booleans)[0];
    },
  };
}

function bindable(parameters: readonly unknown[]): unknown[] {
  refuseObjects(parameters);
  return parameters.map(toSqlite);
}

function toSqlite(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  // As on the other databases. better-sqlite3 would store half a surrogate pair as three characters.
  if (typeof value === "string") return value.replace(halfPair, "\ufffd");
  if (value instanceof Date) return value.getTime();
  return value === undefined ? null : value;
}

function withBooleans(rows: unknown[], booleans: readonly string[]): unknown[] {
  if (booleans.length === 0) return rows;
  for (const row of rows) {
    if (!isRecord(row)) continue;
    for (const name of booleans) {
      if (typeof row[name] === "number") row[name] = row[name] !== 0;
    }
  }
  return rows;
}

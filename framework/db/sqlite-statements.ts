import type BetterSqlite3 from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";

const statementsKept = 500;
const schemaChange = /^\s*(?:create|alter|drop|pragma|vacuum)\b/i;

/** A handle as Kysely drives it. */
export interface SqliteStatements extends SqliteDatabase {
  /** How often it was asked to change the schema. */
  readonly schemaChanges: number;
  /** Prepares all statements anew, because another handle has changed the schema. */
  forget(): void;
}

/**
 * A better-sqlite3 handle in the shape that Kysely drives: statements are prepared once, booleans and dates may be bound (as 0/1 and
 * as milliseconds), and columns declared `boolean` are read as booleans, as the other databases give them.
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
      // A handle reads the schema anew when a statement runs, not when one is prepared.
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
    all: (parameters) => withBooleans(statement.all(...parameters.map(bindable)), booleans),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    *iterate(parameters) {
      for (const row of statement.iterate(...parameters.map(bindable))) yield withBooleans([row], booleans)[0];
    },
  };
}

function bindable(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

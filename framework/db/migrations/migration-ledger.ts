import { type Kysely, sql } from "kysely";
import { columnsFor } from "../columns.ts";
import { dialectOf } from "../drivers/dialect.ts";
import type { NamedMigration } from "./migration-files.ts";

/** One applied migration, as recorded in the database. */
export interface LedgerEntry {
  readonly name: string;
  /** When it was applied, ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly checksum: string | null;
}

/** The table of applied migrations. Kysely's Migrator adds and removes the rows; the checksum is ours. */
export interface MigrationLedger {
  readonly table: string;
  /** Creates the table if it doesn't exist, with the columns that Kysely expects and the checksum. */
  ensure(): Promise<void>;
  /** The entries in the order in which they were applied. Empty if the table doesn't exist. */
  read(): Promise<readonly LedgerEntry[]>;
  recordChecksum(name: string, checksum: string | undefined): Promise<void>;
}

/** A migration, and whether it was applied. */
export interface MigrationEntry {
  readonly name: string;
  /** ISO 8601 in UTC. Null: pending. */
  readonly appliedAt: string | null;
}

/**
 * Something worth knowing: a file that changed after it was applied (`edited`), an applied migration whose file is gone (`missing`;
 * nothing is migrated until it is restored), or a pending one that is older than an applied one of its folder (`out of order`; it will
 * be applied).
 */
export interface MigrationProblem {
  readonly kind: "edited" | "missing" | "out of order";
  readonly name: string;
  readonly text: string;
}

export interface MigrationStatus {
  readonly entries: readonly MigrationEntry[];
  /** The names of the migrations to apply, in order. */
  readonly pending: readonly string[];
  readonly problems: readonly MigrationProblem[];
}

export function createMigrationLedger<T>(db: Kysely<T>, table: string): MigrationLedger {
  const exists = async () => {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    return tables.some((known) => known.name === table);
  };
  return {
    table,
    async ensure() {
      if (await exists()) return await compareExactly(db, table);
      try {
        await create(db, table);
      } catch (error) {
        // PostgreSQL's "if not exists" fails if two processes create the table at the same moment.
        if (!(await exists())) throw error;
      }
    },
    async read() {
      if (!(await exists())) return [];
      const rows = await sql<LedgerEntry>`select name, timestamp, checksum from ${sql.table(table)}`.execute(db);
      return rows.rows.sort((a, b) => compare(a.timestamp, b.timestamp) || compare(a.name, b.name));
    },
    async recordChecksum(name, checksum) {
      if (checksum === undefined) return;
      await sql`update ${sql.table(table)} set checksum = ${checksum} where name = ${name}`.execute(db);
    },
  };
}

/** Compares the migrations in the files with those in the ledger. */
export function statusOf(migrations: readonly NamedMigration[], ledger: readonly LedgerEntry[]): MigrationStatus {
  const applied = new Map(ledger.map((entry) => [entry.name, entry]));
  const known = new Set(migrations.map((migration) => migration.name));
  const gone = ledger.filter((entry) => !known.has(entry.name));
  const entries = [
    ...migrations.map(({ name }) => ({ name, appliedAt: applied.get(name)?.timestamp ?? null })),
    ...gone.map(({ name, timestamp }) => ({ name, appliedAt: timestamp })),
  ];
  return {
    entries: entries.sort((a, b) => compare(a.name, b.name)),
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    problems: [
      ...gone.map(({ name }) => missing(name)),
      ...migrations.filter((migration) => isEdited(migration, applied.get(migration.name))).map(edited),
      ...migrations.filter((migration) => isOvertaken(migration, migrations, applied)).map(outOfOrder),
    ],
  };
}

/** Makes a ledger of an earlier version tell "1_a" from "1_A" on MySQL. */
async function compareExactly<T>(db: Kysely<T>, table: string): Promise<void> {
  if (dialectOf(db) !== "mysql") return;
  const { rows } = await sql<{ collation: string }>`select collation_name as collation from information_schema.columns
    where table_schema = database() and table_name = ${table} and column_name = 'name'`.execute(db);
  if (rows[0]?.collation === "utf8mb4_bin") return;
  await db.schema
    .alterTable(table)
    .modifyColumn("name", columnsFor(db).string(), (name) => name.notNull())
    .execute();
}

async function create<T>(db: Kysely<T>, table: string): Promise<void> {
  await db.schema
    .createTable(table)
    .ifNotExists()
    .addColumn("name", columnsFor(db).string(), (name) => name.notNull().primaryKey())
    .addColumn("timestamp", "varchar(255)", (timestamp) => timestamp.notNull())
    .addColumn("checksum", "varchar(80)")
    .execute();
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isEdited(migration: NamedMigration, entry: LedgerEntry | undefined): boolean {
  const then = entry?.checksum;
  if (!then || !migration.checksum || kindOf(then) !== kindOf(migration.checksum)) return false;
  return ![migration.checksum, ...(migration.otherChecksums ?? [])].includes(then);
}

/** A source and its compiled file have checksums of different kinds, which can't be compared. */
function kindOf(checksum: string): string | undefined {
  return checksum.split(":", 1)[0];
}

function isOvertaken(
  migration: NamedMigration,
  migrations: readonly NamedMigration[],
  applied: ReadonlyMap<string, LedgerEntry>,
): boolean {
  if (applied.has(migration.name)) return false;
  return migrations.some(
    (other) => other.origin === migration.origin && other.name > migration.name && applied.has(other.name),
  );
}

function missing(name: string): MigrationProblem {
  return { kind: "missing", name, text: `"${name}" was applied, but its file is missing.` };
}

function edited({ name }: NamedMigration): MigrationProblem {
  return {
    kind: "edited",
    name,
    text: `"${name}" was edited after it was applied. The database still has the old version.`,
  };
}

function outOfOrder({ name }: NamedMigration): MigrationProblem {
  return { kind: "out of order", name, text: `"${name}" is pending, although a newer migration was already applied.` };
}

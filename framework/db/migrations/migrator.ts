import { type Kysely, Migrator as KyselyMigrator, type MigrationResult } from "kysely";
import { KitError } from "../../base/index.ts";
import { dialectOf } from "../drivers/dialect.ts";
import { withQueryTimeout } from "../drivers/query-limit.ts";
import { statementsOf } from "./dry-run.ts";
import { migrationFailed, migrationLocked, migrationMissing, noDownMigration } from "./errors.ts";
import { type Migration, type NamedMigration, readMigrationFolders, sortMigrations } from "./migration-files.ts";
import { createMigrationLedger, type MigrationLedger, type MigrationStatus, statusOf } from "./migration-ledger.ts";

export interface MigratorOptions {
  /** Folders of migration files, including the framework's. They are read again on each call. */
  readonly folders?: readonly string[];
  /** Migrations by name, for tests and for apps that bundle theirs. */
  readonly migrations?: Readonly<Record<string, Migration>>;
  /** The table of applied migrations. Default: `schema_migrations`. */
  readonly table?: string;
  /** How long to wait while another process migrates an SQLite file, in milliseconds. Default: 60,000. */
  readonly lockWaitMs?: number;
}

/** Brings a database to the schema that the code expects, and back. */
export interface Migrator {
  /** All known migrations in order, when they were applied, and any problems. */
  status(): Promise<MigrationStatus>;
  /** Applies pending migrations in order, each in its own transaction if the database supports that. Resolves to their names. */
  up(): Promise<readonly string[]>;
  /** Undoes the last `count` migrations (default: 1), newest first. Resolves to their names. */
  down(count?: number): Promise<readonly string[]>;
  /** Undoes all migrations, then applies them again. Resolves to the names applied. All rows are lost. */
  reset(): Promise<readonly string[]>;
  /** The SQL that `up` would run. Changes nothing. */
  dryRun(): Promise<readonly { readonly name: string; readonly statements: readonly string[] }[]>;
}

/**
 * Runs migrations with Kysely's Migrator. If two processes migrate at once, one waits for the other. Throws `DB_MIGRATION_FAILED` with
 * the failing statement, `DB_MIGRATION_MISSING`, `DB_NO_DOWN_MIGRATION` or `DB_MIGRATION_LOCKED`.
 */
export function createMigrator<T>(database: Kysely<T>, options: MigratorOptions): Migrator {
  const db = database.withoutPlugins();
  const ledger = createMigrationLedger(db, options.table ?? "schema_migrations");
  const read = async (): Promise<State> => {
    const migrations = await readMigrations(options);
    return { migrations, status: statusOf(migrations, await ledger.read()) };
  };
  const context = { db, ledger, lockWaitMs: options.lockWaitMs ?? 60_000 };
  const migrator: Migrator = {
    status: async () => (await read()).status,
    up: async () => await patiently(async () => applyAll(context, await read())),
    down: async (count = 1) => await patiently(async () => undo(context, await read(), count)),
    async reset() {
      await patiently(async () => undo(context, await read(), Number.POSITIVE_INFINITY));
      return await migrator.up();
    },
    async dryRun() {
      const { migrations, status } = await read();
      const pending = migrations.filter((migration) => status.pending.includes(migration.name));
      const dialect = dialectOf(db);
      return await Promise.all(
        pending.map(async (migration) => ({
          name: migration.name,
          statements: await statementsOf(migration, dialect),
        })),
      );
    },
  };
  return migrator;
}

/** A statement may take hours on a large table, and wait for as long as another process migrates. */
function patiently<R>(work: () => Promise<R>): Promise<R> {
  return withQueryTimeout(Number.POSITIVE_INFINITY, work);
}

interface State {
  readonly migrations: readonly NamedMigration[];
  readonly status: MigrationStatus;
}

interface Context<T> {
  readonly db: Kysely<T>;
  readonly ledger: MigrationLedger;
  readonly lockWaitMs: number;
}

async function readMigrations(options: MigratorOptions): Promise<NamedMigration[]> {
  const fromFiles = await readMigrationFolders(options.folders ?? []);
  const given = Object.entries(options.migrations ?? {}).map(([name, migration]) => ({
    ...migration,
    name,
    origin: "given",
  }));
  return sortMigrations([...fromFiles, ...given]);
}

async function applyAll<T>(context: Context<T>, state: State): Promise<string[]> {
  refuseMissing(state.status);
  await waitingForTurn(() => context.ledger.ensure(), context.lockWaitMs);
  const applied: string[] = [];
  for (;;) {
    const { pending } = statusOf(state.migrations, await context.ledger.read());
    const next = state.migrations.find((migration) => migration.name === pending[0]);
    if (!next) return applied;
    const results = await step({ ...context, migrations: state.migrations, migration: next }, "up");
    // If another process was faster, Kysely took the next migration, or none.
    for (const { migrationName } of results) {
      const ran = state.migrations.find((migration) => migration.name === migrationName);
      await waitingForTurn(() => context.ledger.recordChecksum(migrationName, ran?.checksum), context.lockWaitMs);
      applied.push(migrationName);
    }
  }
}

async function undo<T>(context: Context<T>, state: State, count: number): Promise<string[]> {
  refuseMissing(state.status);
  const applied = [...(await context.ledger.read())].reverse().slice(0, count);
  const undone = applied.map(({ name }) => state.migrations.find((known) => known.name === name)).filter(isPresent);
  const stuck = undone.find((migration) => migration.down === undefined);
  if (stuck) throw noDownMigration({ name: stuck.name });
  for (const migration of undone) await step({ ...context, migrations: state.migrations, migration }, "down");
  return undone.map((migration) => migration.name);
}

function refuseMissing(status: MigrationStatus): void {
  const names = status.problems.filter((problem) => problem.kind === "missing").map((problem) => problem.name);
  if (names.length > 0) throw migrationMissing({ names });
}

interface Step<T> extends Context<T> {
  readonly migrations: readonly NamedMigration[];
  readonly migration: NamedMigration;
}

async function step<T>(options: Step<T>, direction: "up" | "down"): Promise<readonly MigrationResult[]> {
  const { migration, lockWaitMs } = options;
  // Outside a transaction it may have failed halfway, so never run it twice.
  if (migration.transaction === false) return await stepOnce(options, direction);
  return await waitingForTurn(() => stepOnce(options, direction), lockWaitMs);
}

async function stepOnce<T>(options: Step<T>, direction: "up" | "down"): Promise<readonly MigrationResult[]> {
  const { db, ledger, migrations, migration } = options;
  const migrator = new KyselyMigrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(migrations.map((known) => [known.name, known])) },
    migrationTableName: ledger.table,
    migrationLockTableName: `${ledger.table}_lock`,
    // The framework's files sort before the app's, and a new version of the framework may add more.
    allowUnorderedMigrations: true,
    nameComparator: (a, b) => (a < b ? -1 : 1),
    disableTransactions: migration.transaction === false,
  });
  const { error, results = [] } = direction === "up" ? await migrator.migrateUp() : await migrator.migrateDown();
  if (error === undefined) return results;
  throw isBusy(error) ? error : migrationFailed({ name: migration.name, direction, cause: error });
}

/** PostgreSQL and MySQL make the second process wait with locks of their own. With SQLite it has to retry. */
async function waitingForTurn<V>(action: () => Promise<V>, lockWaitMs: number): Promise<V> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - startedAt >= lockWaitMs) throw migrationLocked({ cause: error });
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof KitError && error.code === "DB_BUSY";
}

function isPresent<V>(value: V | undefined): value is V {
  return value !== undefined;
}

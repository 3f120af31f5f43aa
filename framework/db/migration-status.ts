import type { NamedMigration } from "./migration-files.ts";
import type { LedgerEntry } from "./migration-ledger.ts";

/** One migration and whether it ran. */
export interface MigrationEntry {
  readonly name: string;
  /** ISO 8601 in UTC; null: pending. */
  readonly appliedAt: string | null;
}

/**
 * Something a person should know: a file that changed after it ran (`edited`), one that ran and is gone (`missing`; nothing is
 * migrated until it is back), or one that is pending although a younger one of its folder ran (`out of order`; it will be applied).
 */
export interface MigrationProblem {
  readonly kind: "edited" | "missing" | "out of order";
  readonly name: string;
  readonly text: string;
}

export interface MigrationStatus {
  readonly entries: readonly MigrationEntry[];
  /** Names of those still to be applied, in order. */
  readonly pending: readonly string[];
  readonly problems: readonly MigrationProblem[];
}

/** Compares the files with what the database remembers. */
export function statusOf(migrations: readonly NamedMigration[], ledger: readonly LedgerEntry[]): MigrationStatus {
  const applied = new Map(ledger.map((entry) => [entry.name, entry]));
  const known = new Set(migrations.map((migration) => migration.name));
  const gone = ledger.filter((entry) => !known.has(entry.name));
  const entries = [
    ...migrations.map(({ name }) => ({ name, appliedAt: applied.get(name)?.timestamp ?? null })),
    ...gone.map(({ name, timestamp }) => ({ name, appliedAt: timestamp })),
  ];
  return {
    entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)),
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    problems: [
      ...gone.map(({ name }) => missing(name)),
      ...migrations.filter((migration) => isEdited(migration, applied.get(migration.name))).map(edited),
      ...migrations.filter((migration) => isOvertaken(migration, migrations, applied)).map(outOfOrder),
    ],
  };
}

function isEdited(migration: NamedMigration, entry: LedgerEntry | undefined): boolean {
  const [kindThen, hashThen] = entry?.checksum?.split(":") ?? [];
  const [kindNow, hashNow] = migration.checksum?.split(":") ?? [];
  return hashThen !== undefined && kindThen === kindNow && hashThen !== hashNow;
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
  return { kind: "edited", name, text: `"${name}" was edited after it was applied; the database has the older form.` };
}

function outOfOrder({ name }: NamedMigration): MigrationProblem {
  return { kind: "out of order", name, text: `"${name}" is pending although a younger migration was applied.` };
}

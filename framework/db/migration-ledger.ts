import { type Kysely, sql } from "kysely";

/** One applied migration, as the database remembers it. */
export interface LedgerEntry {
  readonly name: string;
  /** When it was applied, ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly checksum: string | null;
}

/** The table that remembers which migrations ran; Kysely's Migrator fills it. */
export interface MigrationLedger {
  readonly table: string;
  /** Makes the table when it is missing, with the columns that Kysely expects and the checksum. */
  ensure(): Promise<void>;
  /** In the order in which they were applied; empty when the table is missing. */
  read(): Promise<readonly LedgerEntry[]>;
  remember(name: string, checksum: string | undefined): Promise<void>;
}

export function createMigrationLedger<T>(db: Kysely<T>, table: string): MigrationLedger {
  const exists = async () => {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    return tables.some((known) => known.name === table);
  };
  return {
    table,
    async ensure() {
      if (await exists()) return;
      try {
        await create(db, table);
      } catch (error) {
        // PostgreSQL's "if not exists" fails when two runners ask at the same moment.
        if (!(await exists())) throw error;
      }
    },
    async read() {
      if (!(await exists())) return [];
      const rows = await sql<LedgerEntry>`select name, timestamp, checksum from ${sql.table(table)}`.execute(db);
      return rows.rows.sort((a, b) => compare(a.timestamp, b.timestamp) || compare(a.name, b.name));
    },
    async remember(name, checksum) {
      if (checksum === undefined) return;
      await sql`update ${sql.table(table)} set checksum = ${checksum} where name = ${name}`.execute(db);
    },
  };
}

async function create<T>(db: Kysely<T>, table: string): Promise<void> {
  await db.schema
    .createTable(table)
    .ifNotExists()
    .addColumn("name", "varchar(255)", (name) => name.notNull().primaryKey())
    .addColumn("timestamp", "varchar(255)", (timestamp) => timestamp.notNull())
    .addColumn("checksum", "varchar(80)")
    .execute();
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

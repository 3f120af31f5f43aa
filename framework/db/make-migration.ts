import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../base/index.ts";
import { migrationNameInvalid } from "./migration-errors.ts";

export interface MakeMigrationOptions {
  /** Made when it is missing. */
  readonly folder: string;
  /** Letters, digits, `_` and `-`, for example `create_cards`. */
  readonly name: string;
  readonly clock: Clock;
  /** The whole file; one that makes a table, as a sample, unless given. */
  readonly source?: string;
}

/** Writes a new migration file named by the time (UTC) and returns its path; never overwrites one. */
export async function makeMigration(options: MakeMigrationOptions): Promise<string> {
  const { folder, name, clock, source = sampleMigration } = options;
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/i.test(name)) throw migrationNameInvalid({ name });
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${timestampOf(clock.now())}_${name}.ts`);
  await writeFile(path, source, { flag: "wx" });
  return path;
}

/** `20260131235959`: sorts as text like the moments themselves. */
function timestampOf(now: number): string {
  return new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
}

const sampleMigration = `import { columnsFor } from "buffkit";
import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("things")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("created_at", column.timestamp, (at) => at.notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("things").execute();
}
`;

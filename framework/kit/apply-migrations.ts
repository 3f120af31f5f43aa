import type { Config } from "./config.ts";
import { migrationsPending } from "./errors.ts";
import type { Kit } from "./kit.ts";

/**
 * Brings the database up to date, or says that it is not. In production pending migrations refuse the start, unless `migrate` is set;
 * in development they wait for a click on the page that tells of them. A database in memory is always migrated, and in
 * development one that is new. Answers whether nothing is pending any more.
 */
export async function applyMigrations(kit: Kit, config: Config): Promise<boolean> {
  const { pending, entries } = await kit.migrator.status();
  if (pending.length === 0) return true;
  const isNew = pending.length === entries.length;
  const isInMemory = config.db === undefined && config.databaseUrl === "sqlite::memory:";
  if (config.migrate ?? (isInMemory || (kit.dev && isNew))) {
    const applied = await kit.migrator.up();
    kit.log.info({ applied }, "migrations applied");
    return true;
  }
  if (!kit.dev) throw migrationsPending({ names: pending });
  kit.log.warn({ pending }, "migrations are pending");
  return false;
}

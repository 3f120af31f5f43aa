import { migrationsPending } from "./errors.ts";
import type { Kit } from "./kit.ts";
import type { DatabaseSettings } from "./settings/resolve-config.ts";

/**
 * Applies pending migrations if the settings allow it. Otherwise production refuses to start, and development shows a page with a button
 * that applies them. Returns whether the database is up to date.
 */
export async function applyMigrations(kit: Kit, migrate: DatabaseSettings["migrate"]): Promise<boolean> {
  const { pending, entries } = await kit.migrator.status();
  if (pending.length === 0) return true;
  const isNew = pending.length === entries.length;
  if (migrate === "always" || (migrate === "if-new" && isNew)) {
    const applied = await kit.migrator.up();
    kit.log.info({ applied }, "migrations applied");
    return true;
  }
  if (!kit.dev) throw migrationsPending({ names: pending });
  kit.log.warn({ pending }, "migrations are pending");
  return false;
}

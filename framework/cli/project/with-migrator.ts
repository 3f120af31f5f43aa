import { createMigrator, type Database, type Migrator, migrationFolders, openDatabase } from "../../db/index.ts";
import type { CommandContext } from "./command-context.ts";

export interface OpenMigrator {
  readonly db: Database;
  readonly migrator: Migrator;
}

/** Opens the configured database with the migrations of the framework and the app, runs `work`, and closes it. */
export async function withMigrator<Result>(
  { settings }: CommandContext,
  work: (opened: OpenMigrator) => Promise<Result>,
): Promise<Result> {
  const { database, root, log } = settings;
  const db: Database = await openDatabase(database.url, { log });
  try {
    return await work({ db, migrator: createMigrator(db, { folders: migrationFolders(root) }) });
  } finally {
    await db.destroy();
  }
}

import { createMigrator, type Database, type Migrator, migrationFolders, openDatabase } from "../db/index.ts";
import type { Setting } from "./setting.ts";

export interface OpenedMigrator {
  readonly db: Database;
  readonly migrator: Migrator;
}

/** Opens the database of the environment and hands it over with the migrations of framework and app; closes it at the end. */
export async function withMigrator<Result>(
  { settings }: Setting,
  work: (opened: OpenedMigrator) => Promise<Result>,
): Promise<Result> {
  const { database, root, log } = settings;
  const db: Database = await openDatabase(database.url, { log });
  try {
    return await work({ db, migrator: createMigrator(db, { folders: migrationFolders(root) }) });
  } finally {
    await db.destroy();
  }
}

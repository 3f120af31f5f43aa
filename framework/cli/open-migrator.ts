import { silentLogger } from "../base/index.ts";
import { createMigrator, type Database, type Migrator, migrationFolders, openDatabase } from "../db/index.ts";
import type { Setting } from "./setting.ts";

export interface OpenedMigrator {
  readonly db: Database;
  readonly migrator: Migrator;
}

/** Opens the database of the environment and hands it over with the migrations of framework and app; closes it at the end. */
export async function withMigrator<Result>(
  { config, files }: Setting,
  work: (opened: OpenedMigrator) => Promise<Result>,
): Promise<Result> {
  const db: Database = await openDatabase(config.databaseUrl ?? "sqlite:data/app.db", { log: silentLogger });
  try {
    return await work({ db, migrator: createMigrator(db, { folders: migrationFolders(files.root) }) });
  } finally {
    await db.destroy();
  }
}

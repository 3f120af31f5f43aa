import { afterAll, beforeAll, describe } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { services } from "../../test-support/services.ts";
import { describeEngine } from "../conformance/engine-conformance.ts";

function describeOn(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(serverUrl === null ? `no ${name} server answers` : name, () => {
    let scratch: ScratchDatabase;
    let db: Database;

    beforeAll(async () => {
      scratch = await createScratchDatabase(serverUrl ?? "sqlite:");
      db = await openDatabase(scratch.url, { log: silentLogger });
      await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    });

    afterAll(async () => {
      await db.destroy();
      await scratch.drop();
    });

    describeEngine(
      `the database (${name})`,
      async () => ({ db, databaseUrl: scratch.url }),
      async () => {
        await db.deleteFrom("jobs").execute();
        await db.deleteFrom("job_schedules").execute();
      },
    );
  });
}

describeOn("SQLite", "sqlite:");
describeOn("PostgreSQL", services.postgres);
describeOn("MariaDB", services.mysql);

import { afterAll, beforeAll, describe, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { services } from "../../test-support/services.ts";
import { engineChecks } from "../conformance/engine-conformance.ts";

function describeOn(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(serverUrl === null ? `no ${name} server answers` : `jobs in ${name}`, () => {
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

    it.each(
      engineChecks(() => ({
        db,
        databaseUrl: scratch.url,
        async close() {
          await db.deleteFrom("jobs").execute();
          await db.deleteFrom("job_schedules").execute();
        },
      })),
    )("$name", ({ run }) => run());
  });
}

describeOn("SQLite", "sqlite:");
describeOn("PostgreSQL", services.postgres);
describeOn("MariaDB", services.mysql);

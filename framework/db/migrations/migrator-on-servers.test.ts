import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { createScratchDatabase } from "../../test-support/scratch-database.ts";
import { services } from "../../test-support/services.ts";
import { onServer } from "../conformance/database-subject.ts";
import { migratorChecks, transactionalMigratorChecks } from "../conformance/migrator-conformance.ts";
import { openDatabase } from "../open-database.ts";
import { frameworkMigrations } from "./migration-files.ts";
import { createMigrator } from "./migrator.ts";

describe.skipIf(services.postgres === null)("createMigrator on PostgreSQL", () => {
  const open = onServer(services.postgres ?? "");

  it.each(migratorChecks(open))("$name", ({ run }) => run());
  it.each(transactionalMigratorChecks(open))("$name", ({ run }) => run());
});

describe.skipIf(services.mysql === null)("createMigrator on MySQL or MariaDB", () => {
  it.each(migratorChecks(onServer(services.mysql ?? "")))("$name", ({ run }) => run());
});

describe.skipIf(services.mysql === null)("the framework's migrations on a MySQL database of an earlier version", () => {
  it("let it tell apart addresses that differ in an accent", async () => {
    const scratch = await createScratchDatabase(services.mysql ?? "");
    const db = await openDatabase(scratch.url);
    const migrator = createMigrator(db, { folders: [frameworkMigrations()] });
    await migrator.up();
    await sql`alter table users modify email varchar(255) collate utf8mb4_general_ci not null`.execute(db);
    await sql`delete from schema_migrations where name = '0006_exact_text'`.execute(db);
    const add = (id: string, email: string) =>
      db.insertInto("users").values({ id, email, name: "Ann", created_at: 1, updated_at: 1 }).execute();
    await add("1", "ann@example.com");
    await expect(add("2", "änn@example.com")).rejects.toThrow(/duplicate/i);

    await migrator.up();

    await add("2", "änn@example.com");
    await expect(add("3", "änn@example.com")).rejects.toThrow(/duplicate/i);
    await db.destroy();
    await scratch.drop();
  });
});

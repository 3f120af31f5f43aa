import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createId, silentLogger } from "../base/index.ts";
import { services } from "../test-support/services.ts";
import type { Database } from "./database.ts";
import { frameworkMigrations } from "./framework-migrations.ts";
import { createMigrator } from "./migrator.ts";
import { openDatabase } from "./open-database.ts";
import { putRow } from "./put-row.ts";
import { createScratchDatabase, type ScratchDatabase } from "./scratch-database.ts";

const user = (changes: { id?: string; email?: string; name?: string } = {}) => {
  const id = changes.id ?? createId();
  return { id, email: `${id}@example.com`, name: "Ann", created_at: 1, updated_at: 1, ...changes };
};

function describePutRow(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(`putRow on ${name}`, () => {
    let scratch: ScratchDatabase;
    let db: Database;
    beforeAll(async () => {
      scratch = await createScratchDatabase(serverUrl ?? "");
      db = await openDatabase(scratch.url, { log: silentLogger });
      await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    });
    afterAll(async () => {
      await db?.destroy();
      await scratch?.drop();
    });

    const named = (id: string) => db.selectFrom("users").select("name").where("id", "=", id).execute();

    it("inserts a row once, however often it is put", async () => {
      const values = user();

      const results = [await putRow(db, "users", { values }), await putRow(db, "users", { values })];

      expect(results).toEqual(["inserted", "updated"]);
      expect(await named(values.id)).toEqual([{ name: "Ann" }]);
    });

    it("gives the row that is there the new values", async () => {
      const values = user();
      await putRow(db, "users", { values });

      await putRow(db, "users", { values: { ...values, name: "Änne" } });

      expect(await named(values.id)).toEqual([{ name: "Änne" }]);
    });

    it("finds the row by another key", async () => {
      const first = user();
      await putRow(db, "users", { values: first });

      await putRow(db, "users", {
        values: { ...user(), id: first.id, email: first.email, name: "Bo" },
        key: ["email"],
      });

      expect(await named(first.id)).toEqual([{ name: "Bo" }]);
    });

    it("refuses a row that clashes by another column", async () => {
      const first = user();
      await putRow(db, "users", { values: first });

      await expect(putRow(db, "users", { values: user({ email: first.email }) })).rejects.toThrow();
    });
  });
}

describePutRow("SQLite", "sqlite:");
describePutRow("PostgreSQL", services.postgres);
describePutRow("MySQL", services.mysql);

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createId, silentLogger } from "../base/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../test-support/scratch-database.ts";
import { services } from "../test-support/services.ts";
import type { Database } from "./database.ts";
import { frameworkMigrations } from "./migrations/migration-files.ts";
import { createMigrator } from "./migrations/migrator.ts";
import { openDatabase } from "./open-database.ts";
import { upsert } from "./upsert.ts";

const user = (changes: { id?: string; email?: string; name?: string } = {}) => {
  const id = changes.id ?? createId();
  return { id, email: `${id}@example.com`, name: "Ann", created_at: 1, updated_at: 1, ...changes };
};

function describeUpsert(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(`upsert on ${name}`, () => {
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

    it("inserts a row once, no matter how often it is called", async () => {
      const values = user();

      const results = [await upsert(db, "users", { values }), await upsert(db, "users", { values })];

      expect(results).toEqual(["inserted", "updated"]);
      expect(await named(values.id)).toEqual([{ name: "Ann" }]);
    });

    it("updates the existing row", async () => {
      const values = user();
      await upsert(db, "users", { values });

      await upsert(db, "users", { values: { ...values, name: "Änne" } });

      expect(await named(values.id)).toEqual([{ name: "Änne" }]);
    });

    it("identifies the row by another key", async () => {
      const first = user();
      await upsert(db, "users", { values: first });

      await upsert(db, "users", {
        values: { ...user(), id: first.id, email: first.email, name: "Bo" },
        key: ["email"],
      });

      expect(await named(first.id)).toEqual([{ name: "Bo" }]);
    });

    it("finds a row by a key that isn't called id", async () => {
      const key = createId();
      const values = { key, points: 1, expire: null };

      const first = await upsert(db, "rate_limits", { values, key: ["key"] });
      const second = await upsert(db, "rate_limits", { values: { ...values, points: 2 }, key: ["key"] });

      const rows = await db.selectFrom("rate_limits").select("points").where("key", "=", key).execute();
      expect([first, second, rows]).toEqual(["inserted", "updated", [{ points: 2 }]]);
    });

    it("rejects a row that conflicts on another column", async () => {
      const first = user();
      await upsert(db, "users", { values: first });

      await expect(upsert(db, "users", { values: user({ email: first.email }) })).rejects.toThrow();
    });
  });
}

describeUpsert("SQLite", "sqlite:");
describeUpsert("PostgreSQL", services.postgres);
describeUpsert("MySQL", services.mysql);

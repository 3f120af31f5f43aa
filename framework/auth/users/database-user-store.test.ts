import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createDatabaseUserStore } from "./database-user-store.ts";
import { newUser } from "./user.ts";

describe("createDatabaseUserStore", () => {
  let db: Database;
  const user = newUser({ email: "ann@example.com", name: "Ann", passwordHash: null, createdAt: 100 });

  beforeEach(async () => {
    db = await openDatabase("sqlite::memory:", { log: silentLogger });
    await createMigrator(db, { folders: [frameworkMigrations()] }).up();
  });

  afterEach(() => db.destroy());

  it("notes when a user was changed", async () => {
    const store = createDatabaseUserStore(db, { now: () => 200 });
    const times = () => db.selectFrom("users").select(["created_at", "updated_at"]).execute();
    await store.insert(user);
    const before = await times();

    await store.update(user.id, { name: "Anna" });

    expect([...before, ...(await times())]).toEqual([
      { created_at: 100, updated_at: 100 },
      { created_at: 100, updated_at: 200 },
    ]);
  });

  it("writes no field that users don't have", async () => {
    const store = createDatabaseUserStore(db);
    const given = { ...user, updated_at: 7, role: "admin", isAdmin: true };

    await store.insert(given);
    await store.update(user.id, { name: "Anna", created_at: 7 } as { name: string });

    expect(await store.findById(user.id)).toEqual({ ...user, role: "admin", name: "Anna" });
  });

  it("throws what isn't a taken address", async () => {
    const store = createDatabaseUserStore(db);
    await db.schema.dropTable("users").execute();

    await expect(store.insert(user)).rejects.toThrow(/no such table/);
  });
});

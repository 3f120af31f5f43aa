import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createDatabaseTokenStore } from "./database-token-store.ts";

describe("createDatabaseTokenStore", () => {
  it("doesn't take a token of a later version for one of its own", async () => {
    const db = await openDatabase("sqlite::memory:", { log: silentLogger });
    await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    const store = createDatabaseTokenStore(db);
    const row = { id: "t1", user_id: "u1", email: "ann@example.com", expires_at: 2, created_at: 1 };
    await db
      .insertInto("tokens")
      .values({ ...row, purpose: "unknown" })
      .execute();

    expect(await store.find("t1")).toBeNull();
    await db.destroy();
  });
});

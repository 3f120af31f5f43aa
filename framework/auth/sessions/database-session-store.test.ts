import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createMemoryUserStore } from "../users/memory-user-store.ts";
import { newUser } from "../users/user.ts";
import { createDatabaseSessionStore } from "./database-session-store.ts";
import { createSessions } from "./sessions.ts";

let db: Database;

beforeEach(async () => {
  db = await openDatabase("sqlite::memory:", { log: silentLogger });
  await createMigrator(db, { folders: [frameworkMigrations()] }).up();
});

afterEach(() => db.destroy());

describe("createDatabaseSessionStore", () => {
  it("leaves users alone that live elsewhere", async () => {
    const users = createMemoryUserStore();
    const user = newUser({ email: "ann@example.com", name: "Ann", passwordHash: null, createdAt: 1 });
    await users.insert(user);
    const store = createDatabaseSessionStore({ db, joinsUsers: false });
    const sessions = createSessions({ store, users, clock: { now: () => 1_000 }, log: silentLogger });

    const { token } = await sessions.start({ userId: user.id, isRemembered: false, address: null, userAgent: null });

    expect(store.findWithUser).toBeUndefined();
    expect((await sessions.recognize(token))?.user).toEqual(user);
  });
});

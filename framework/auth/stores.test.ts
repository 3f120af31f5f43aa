import { afterAll, beforeAll, describe, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import {
  createMigrator,
  createScratchDatabase,
  type Database,
  openDatabase,
  type ScratchDatabase,
} from "../db/index.ts";
import { services } from "../testing/services.ts";
import { createDatabaseSessionStore } from "./database-session-store.ts";
import { createDatabaseTokenStore } from "./database-token-store.ts";
import { createDatabaseUserStore } from "./database-user-store.ts";
import { createMemorySessionStore } from "./memory-session-store.ts";
import { createMemoryTokenStore } from "./memory-token-store.ts";
import { createMemoryUserStore } from "./memory-user-store.ts";
import { type Stores, storeChecks } from "./store-conformance.ts";

const migrations = new URL("../../migrations", import.meta.url).pathname;

function onDatabase(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(`stores on ${name}`, () => {
    let scratch: ScratchDatabase;
    let db: Database;
    let stores: Stores;
    beforeAll(async () => {
      scratch = await createScratchDatabase(serverUrl ?? "");
      db = await openDatabase(scratch.url, { log: silentLogger });
      await createMigrator(db, { folders: [migrations] }).up();
      stores = {
        users: createDatabaseUserStore(db),
        sessions: createDatabaseSessionStore({ db }),
        tokens: createDatabaseTokenStore(db),
      };
    });
    afterAll(async () => {
      await db?.destroy();
      await scratch?.drop();
    });

    it.each(storeChecks)("$title", (check) => check.run(stores));
  });
}

describe("stores in memory", () => {
  const stores: Stores = {
    users: createMemoryUserStore(),
    sessions: createMemorySessionStore(),
    tokens: createMemoryTokenStore(),
  };

  it.each(storeChecks)("$title", (check) => check.run(stores));
});

onDatabase("SQLite", "sqlite:");
onDatabase("PostgreSQL", services.postgres);
onDatabase("MySQL", services.mysql);

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createMigrator, type Database, openDatabase } from "../../db/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { services } from "../../test-support/services.ts";
import type { AuditStore } from "../safeguards/audit-log.ts";
import { createDatabaseAuditStore, createMemoryAuditStore } from "../safeguards/audit-stores.ts";
import { createDatabaseSecondFactorStore } from "../second-factor/database-second-factor-store.ts";
import { createMemorySecondFactorStore } from "../second-factor/memory-second-factor-store.ts";
import type { SecondFactorStore } from "../second-factor/second-factors.ts";
import { createDatabaseSessionStore } from "../sessions/database-session-store.ts";
import { createMemorySessionStore } from "../sessions/memory-session-store.ts";
import type { SessionStore } from "../sessions/session.ts";
import { createDatabaseTokenStore } from "../tokens/database-token-store.ts";
import { createMemoryTokenStore } from "../tokens/memory-token-store.ts";
import type { TokenStore } from "../tokens/tokens.ts";
import { createDatabaseUserStore } from "../users/database-user-store.ts";
import { createMemoryUserStore } from "../users/memory-user-store.ts";
import type { UserStore } from "../users/user.ts";
import { auditStoreChecks } from "./audit-store-conformance.ts";
import { secondFactorStoreChecks } from "./second-factor-store-conformance.ts";
import { sessionStoreChecks } from "./session-store-conformance.ts";
import { tokenStoreChecks } from "./token-store-conformance.ts";
import { userStoreChecks } from "./user-store-conformance.ts";

const migrations = new URL("../../../migrations", import.meta.url).pathname;

interface Stores {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly secondFactors: SecondFactorStore;
  readonly audit: AuditStore;
}

function testStores(stores: () => Stores): void {
  const users = () => ({ store: stores().users });
  const sessions = () => ({ store: stores().sessions, users: stores().users });
  const tokens = () => ({ store: stores().tokens, users: stores().users });
  const secondFactors = () => ({ store: stores().secondFactors });
  const audit = () => ({ store: stores().audit });
  describe("users", () => void it.each(userStoreChecks(users))("$name", ({ run }) => run()));
  describe("sessions", () => void it.each(sessionStoreChecks(sessions))("$name", ({ run }) => run()));
  describe("tokens", () => void it.each(tokenStoreChecks(tokens))("$name", ({ run }) => run()));
  describe("second factors", () => void it.each(secondFactorStoreChecks(secondFactors))("$name", ({ run }) => run()));
  describe("audit log", () => void it.each(auditStoreChecks(audit))("$name", ({ run }) => run()));
}

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
        secondFactors: createDatabaseSecondFactorStore(db),
        audit: createDatabaseAuditStore(db),
      };
    });
    afterAll(async () => {
      await db?.destroy();
      await scratch?.drop();
    });

    testStores(() => stores);

    it("undoes the newest migrations and applies them again", async () => {
      const migrator = createMigrator(db, { folders: [migrations] });

      const undone = await migrator.down(3);

      expect(undone).toEqual(["0006_exact_text", "0005_second_factor", "0004_users_elsewhere"]);
      expect(await migrator.up()).toEqual(["0004_users_elsewhere", "0005_second_factor", "0006_exact_text"]);
    });
  });
}

describe("stores in memory", () => {
  const stores: Stores = {
    users: createMemoryUserStore(),
    sessions: createMemorySessionStore(),
    tokens: createMemoryTokenStore(),
    secondFactors: createMemorySecondFactorStore(),
    audit: createMemoryAuditStore(),
  };

  testStores(() => stores);
});

onDatabase("SQLite", "sqlite:");
onDatabase("PostgreSQL", services.postgres);
onDatabase("MySQL", services.mysql);

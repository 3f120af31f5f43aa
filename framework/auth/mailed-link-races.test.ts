import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../db/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../test-support/scratch-database.ts";
import { services } from "../test-support/services.ts";
import { createDatabaseSessionStore } from "./sessions/database-session-store.ts";
import { ann, createTestApp, logInAnn, mailedToken, registerAnn, type TestApp, Visitor } from "./test-app.tsx";
import { createDatabaseTokenStore } from "./tokens/database-token-store.ts";
import { createDatabaseUserStore } from "./users/database-user-store.ts";

const fresh = { password: "a fresh pass phrase", password_confirmation: "a fresh pass phrase" };

/** Sends the same form from two browsers at once, and returns the statuses. */
async function sendTwice(visitors: readonly Visitor[], path: string, form: Record<string, string>) {
  const answers = await Promise.all(visitors.map((visitor) => visitor.post(path, form)));
  return answers.map(({ status }) => status).sort();
}

function onDatabase(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(`a mailed link used twice at once on ${name}`, () => {
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

    async function prepare(): Promise<TestApp> {
      await db.deleteFrom("users").execute();
      return createTestApp({
        users: createDatabaseUserStore(db),
        sessionStore: createDatabaseSessionStore({ db }),
        tokenStore: createDatabaseTokenStore(db),
      });
    }

    it("resets the password once", async () => {
      const test = await prepare();
      await registerAnn(test);
      await new Visitor(test.app).post("/forgot-password", { email: ann.email });
      const token = await mailedToken(test);

      const visitors = [new Visitor(test.app), new Visitor(test.app)];

      expect(await sendTwice(visitors, "/reset-password", { token, ...fresh })).toEqual([303, 400]);
    });

    it("confirms an address once", async () => {
      const test = await prepare();
      const visitor = new Visitor(test.app);
      await visitor.post("/register", ann);
      const token = await mailedToken(test);

      expect(await sendTwice([visitor, visitor], "/verify-email", { token })).toEqual([303, 400]);
    });

    it("claims an account once", async () => {
      const test = await prepare();
      await new Visitor(test.app).post("/register", ann);
      const token = await mailedToken(test);

      const visitors = [new Visitor(test.app), new Visitor(test.app)];

      expect(await sendTwice(visitors, "/verify-email/password", { token, ...fresh })).toEqual([303, 400]);
    });

    it("approves and confirms a new address once", async () => {
      const test = await prepare();
      await registerAnn(test);
      const visitor = await logInAnn(test);
      await visitor.post("/account/email", { email: "new@example.com" });
      const approval = await mailedToken(test);

      const approved = await sendTwice([visitor, visitor], "/change-email", { token: approval });
      await test.settle();
      const asked = test.mails.sent.filter(({ to }) => to[0]?.address === "new@example.com");
      const token = await mailedToken(test);
      const confirmed = await sendTwice([visitor, visitor], "/change-email", { token });
      await test.settle();

      expect([approved, asked.length, confirmed]).toEqual([[303, 400], 1, [303, 400]]);
      expect(test.mails.sent.filter(({ subject }) => subject.includes("was changed"))).toHaveLength(1);
    });
  });
}

onDatabase("SQLite", "sqlite:");
onDatabase("PostgreSQL", services.postgres);
onDatabase("MySQL", services.mysql);

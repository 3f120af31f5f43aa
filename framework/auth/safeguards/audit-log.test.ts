import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { ann, createTestApp, logInAnn, registerAnn } from "../test-app.tsx";
import { createAudit, requestFacts } from "./audit-log.ts";
import { createMemoryAuditStore } from "./audit-stores.ts";

const clock = { now: () => 1234 };

describe("createAudit", () => {
  it("stores an entry with its time, and logs it with the id of the request", async () => {
    const store = createMemoryAuditStore();
    const logged: unknown[] = [];
    const audit = createAudit({
      store,
      clock,
      log: { ...silentLogger, info: (...line) => void logged.push(line) },
    });
    const app = new Hono().get("/", async (c) => {
      c.set("clientAddress", "192.0.2.1");
      c.set("requestId", "r1");
      await audit(c, { action: "login", userId: "u1" });
      return c.text("");
    });

    await app.request("/", { headers: { "User-Agent": "Test/1.0" } });

    const stored = { action: "login", userId: "u1", sessionId: null, address: "192.0.2.1", userAgent: "Test/1.0" };
    expect(await store.list("u1", 10)).toEqual([{ ...stored, at: 1234 }]);
    expect(logged).toEqual([[{ ...stored, at: 1234, requestId: "r1" }, "account: login"]]);
  });

  it("logs an entry that can't be stored, and what is wrong, without failing the request", async () => {
    const logged: unknown[] = [];
    const note = (facts: object) => void logged.push(facts);
    const failure = new Error("the disk is full");
    const store = { add: () => Promise.reject(failure), list: async () => [], deleteBefore: async () => 0 };
    const audit = createAudit({ store, clock, log: { ...silentLogger, info: note, error: note } });

    await audit(null, { action: "account-deleted", userId: "u1" });

    expect(logged).toEqual([
      { action: "account-deleted", userId: "u1", at: 1234, requestId: undefined },
      { err: failure, action: "account-deleted" },
    ]);
  });

  it("says which session did it", async () => {
    const test = createTestApp();
    await registerAnn(test);
    const visitor = await logInAnn(test);
    const id = (await test.auth.users.findByEmail(ann.email))?.id ?? "";
    const [session] = await test.auth.sessions.list(id);

    await visitor.post("/account/profile", { name: "Anna" });

    expect((await test.audit.list(id, 1))[0]).toMatchObject({ action: "profile-changed", sessionId: session?.id });
  });
});

describe("requestFacts", () => {
  it("keeps 500 characters of the user agent, and says what is unknown", async () => {
    const app = new Hono().get("/", (c) => c.json(requestFacts(c)));
    const userAgent = `${"a".repeat(499)}bc`;

    const long = await (await app.request("/", { headers: { "User-Agent": userAgent } })).json();
    const none = await (await app.request("/")).json();

    expect(long).toEqual({ address: "unknown", userAgent: userAgent.slice(0, 500) });
    expect(none).toEqual({ address: "unknown", userAgent: null });
  });
});

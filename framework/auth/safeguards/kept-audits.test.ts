import { describe, expect, it } from "vitest";
import { createTestApp, registerAnn, Visitor } from "../test-app.tsx";
import type { AuditRecord } from "./audit-log.ts";
import { createMemoryAuditStore } from "./audit-stores.ts";

const dayMs = 24 * 60 * 60 * 1000;

function createRecordedApp(settings: { readonly keepAuditMs?: number } = {}) {
  const store = createMemoryAuditStore();
  const records: AuditRecord[] = [];
  const auditStore = {
    ...store,
    add: async (record: AuditRecord) => {
      records.push(record);
      await store.add(record);
    },
  };
  return { test: createTestApp({ ...settings, auditStore }), store, records };
}

describe("the audit log", () => {
  it("has one entry for a block, however often it is tried again", async () => {
    const { test, records } = createRecordedApp();
    await registerAnn(test);
    const guesser = new Visitor(test.app);
    const guess = () =>
      guesser.post("/login", { email: "ann@example.com", password: "wrong wrong" }, { address: "192.0.2.7" });

    for (let tries = 0; tries < 40; tries++) await guess();
    const inFirst = records.filter(({ action }) => action === "login-limited").length;
    test.clock.time += dayMs / 2;
    for (let tries = 0; tries < 40; tries++) await guess();

    const count = (wanted: string) => records.filter(({ action }) => action === wanted).length;
    expect([inFirst, count("login-limited"), count("login-failed")]).toEqual([1, 2, 20]);
  });

  it("loses its entries after a year", async () => {
    const { test, store } = createRecordedApp();
    await store.add({ at: test.clock.time, action: "login", userId: "ann" });

    test.clock.time += 365 * dayMs;
    const after365 = (await test.auth.deleteExpired()).auditEntries;
    test.clock.time += 1;
    const later = (await test.auth.deleteExpired()).auditEntries;

    expect([after365, later, await store.list("ann", 10)]).toEqual([0, 1, []]);
  });

  it("keeps its entries as long as the app says, or for ever", async () => {
    const short = createRecordedApp({ keepAuditMs: 1_000 });
    const endless = createRecordedApp({ keepAuditMs: Number.POSITIVE_INFINITY });
    for (const { test, store } of [short, endless]) {
      await store.add({ at: test.clock.time, action: "login", userId: "ann" });
      test.clock.time += 1_000_000 * dayMs;
      await test.auth.deleteExpired();
    }

    const kept = async ({ store }: typeof short) => (await store.list("ann", 10)).length;
    expect([await kept(short), await kept(endless)]).toEqual([0, 1]);
  });
});

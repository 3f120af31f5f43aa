import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  type ConformanceCheck,
  type ConformanceRule,
  createChecks,
  createId,
  hashToken,
  type OpenSubject,
  randomToken,
} from "../../base/index.ts";
import type { AuditRecord, AuditStore } from "../safeguards/audit-log.ts";
import { now, type StoreSubject } from "./stores.ts";

function sampleRecord(changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    at: now,
    action: "login",
    userId: createId(),
    sessionId: hashToken(randomToken()),
    address: "2001:db8::1",
    userAgent: "Test/1.0 🎉",
    details: { reason: "logout", attempts: 3, isRemembered: true, from: null },
    ...changes,
  };
}

/** What every `AuditStore` must do, as checks of the one that `open` returns. Each opens it again. */
export function auditStoreChecks(open: OpenSubject<StoreSubject<AuditStore>>): readonly ConformanceCheck[] {
  return createChecks(open, rules);
}

const rules: readonly ConformanceRule<StoreSubject<AuditStore>>[] = [
  {
    name: "returns an entry as it was stored, with its details",
    async test({ store }) {
      const record = sampleRecord();
      await store.add(record);
      deepStrictEqual(await store.list(record.userId ?? "", 10), [record]);
    },
  },
  {
    name: "lists a user's own entries, newest first, up to the limit",
    async test({ store }) {
      const userId = createId();
      const records = [1, 2, 3].map((hour) => sampleRecord({ userId, at: now + hour, details: { hour } }));
      for (const record of records) await store.add(record);
      await store.add(sampleRecord());
      deepStrictEqual(await store.list(userId, 2), [records[2], records[1]]);
      deepStrictEqual(await store.list(createId(), 10), []);
    },
  },
  {
    name: "keeps 45 characters of an address, which is the longest form of IPv6",
    async test({ store }) {
      const userId = createId();
      const address = "0000:0000:0000:0000:0000:ffff:255.255.255.255";
      await store.add(sampleRecord({ userId, address }));
      strictEqual((await store.list(userId, 1))[0]?.address, address);
    },
  },
  {
    name: "accepts entries of which little is known",
    async test({ store }) {
      const userId = createId();
      await store.add({ at: now, action: "login-failed" });
      await store.add({ at: now, action: "registered", userId, sessionId: null, address: null, userAgent: null });
      const [found] = await store.list(userId, 10);
      strictEqual(found?.action, "registered");
      deepStrictEqual([found?.sessionId ?? null, found?.address ?? null, found?.details ?? null], [null, null, null]);
    },
  },
  {
    name: "deletes what is older than a time, however much it is, and keeps the rest",
    async test({ store }) {
      const userId = createId();
      const records = Array.from({ length: 504 }, (_, at) => sampleRecord({ userId, at }));
      await Promise.all(records.map((record) => store.add(record)));
      strictEqual(await store.deleteBefore(501), 501);
      deepStrictEqual(await store.list(userId, 100), records.slice(501).reverse());
      strictEqual(await store.deleteBefore(501), 0);
    },
  },
  {
    name: "loses none of many entries at the same time",
    async test({ store }) {
      const userId = createId();
      const records = Array.from({ length: 20 }, (_, index) => sampleRecord({ userId, at: now + index }));
      await Promise.all(records.map((record) => store.add(record)));
      deepStrictEqual(await store.list(userId, 100), records.reverse());
    },
  },
];

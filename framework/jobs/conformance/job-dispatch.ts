import { expect, vi } from "vitest";
import type { ConformanceRule } from "../../base/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import { anything, type EngineSubject, patience } from "./engine-subject.ts";

/** Which job runs next: delays, priorities, unique keys, concurrency and queues. */
export const dispatchRules: readonly ConformanceRule<EngineSubject>[] = [
  {
    name: "doesn't run a delayed job before its time",
    async test(subject) {
      const jobs = await subject.make();
      let ranAt = 0;
      const later = jobs.define("later", {
        schema: anything,
        handler: () => {
          ranAt = Date.now();
        },
      });
      await jobs.start();
      const due = Date.now() + 300;

      const id = await jobs.enqueue(later, { n: 1 }, { at: due });

      expect((await jobs.find(id))?.state).toBe("delayed");
      await vi.waitFor(() => expect(ranAt).toBeGreaterThanOrEqual(due - 2), patience);
      expect(ranAt - due).toBeLessThan(1000);
    },
  },
  {
    name: "runs higher priorities first, and older jobs first among equals",
    async test(subject) {
      const jobs = await subject.make({ concurrency: 1 });
      const order: number[] = [];
      const note = jobs.define("note", { schema: anything, handler: ({ n }) => void order.push(n) });
      await jobs.enqueue(note, { n: 3 });
      await jobs.enqueue(note, { n: 4 });
      await jobs.enqueue(note, { n: 5 }, { priority: -10 });
      await jobs.enqueue(note, { n: 1 }, { priority: 10 });
      await jobs.enqueue(note, { n: 2 }, { priority: 5 });

      await jobs.start();

      await vi.waitFor(() => expect(order).toEqual([1, 2, 3, 4, 5]), patience);
    },
  },
  {
    name: "creates no second job while one with the same unique key is unfinished",
    async test(subject) {
      const jobs = await subject.make();
      let runs = 0;
      const sync = jobs.define("sync", {
        schema: anything,
        handler: () => {
          runs += 1;
        },
      });
      const first = await jobs.enqueue(sync, { n: 1 }, { uniqueKey: "account-7" });

      const second = await jobs.enqueue(sync, { n: 2 }, { uniqueKey: "account-7" });

      expect(second).toBe(first);
      await jobs.start();
      await vi.waitFor(async () => expect((await jobs.find(first))?.state).toBe("done"), patience);
      const third = await jobs.enqueue(sync, { n: 3 }, { uniqueKey: "account-7" });
      expect(third).not.toBe(first);
      await vi.waitFor(() => expect(runs).toBe(2), patience);
    },
  },
  {
    name: "runs as many jobs of a queue at once as its concurrency allows",
    async test(subject) {
      const jobs = await subject.make({ queues: { slow: 2 } });
      const gate = createGate();
      let running = 0;
      let most = 0;
      const slow = jobs.define("slow", {
        schema: anything,
        queue: "slow",
        handler: async () => {
          running += 1;
          most = Math.max(most, running);
          await gate.opened;
          running -= 1;
        },
      });
      for (let n = 0; n < 6; n++) await jobs.enqueue(slow, { n });
      await jobs.start();
      await vi.waitFor(() => expect(running).toBe(2), patience);

      gate.open();

      await vi.waitFor(async () => expect((await jobs.stats()).totals.done).toBe(6), patience);
      expect(most).toBe(2);
    },
  },
  {
    name: "leaves jobs in other queues alone",
    async test(subject) {
      const jobs = await subject.make();
      const ran: string[] = [];
      const mail = jobs.define("mail", { schema: anything, queue: "mail", handler: () => void ran.push("mail") });
      const report = jobs.define("report", {
        schema: anything,
        queue: "reports",
        handler: () => void ran.push("report"),
      });
      await jobs.enqueue(report, { n: 1 });
      await jobs.enqueue(mail, { n: 1 });

      await jobs.start({ queues: ["mail"] });

      await vi.waitFor(async () => expect((await jobs.stats()).totals.done).toBe(1), patience);
      expect(ran).toEqual(["mail"]);
      expect((await jobs.list("ready")).map(({ name }) => name)).toEqual(["report"]);
    },
  },
];

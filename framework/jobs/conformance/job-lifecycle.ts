import { expect, vi } from "vitest";
import { z } from "zod";
import type { ConformanceRule } from "../../base/index.ts";
import type { JobChange } from "../jobs.ts";
import { anything, type EngineSubject, patience } from "./engine-subject.ts";

/** What happens to a single job: its payload, its failures, its end. */
export const lifecycleRules: readonly ConformanceRule<EngineSubject>[] = [
  {
    name: "runs a job with the payload parsed by its schema",
    async test(subject) {
      const jobs = await subject.make();
      const seen: unknown[] = [];
      const greet = jobs.define("greet", {
        schema: z.object({ at: z.coerce.date() }),
        handler: ({ at }) => void seen.push(at),
      });
      await jobs.start();

      await jobs.enqueue(greet, { at: "2030-01-02T00:00:00.000Z" });

      await vi.waitFor(() => expect(seen).toEqual([new Date("2030-01-02T00:00:00.000Z")]), patience);
    },
  },
  {
    name: "rejects a payload that doesn't match its schema, and names the field",
    async test(subject) {
      const jobs = await subject.make();
      jobs.define("greet", { schema: z.object({ name: z.string() }), handler: () => undefined });

      const enqueued = jobs.enqueue("greet", { name: 5 });

      await expect(enqueued).rejects.toThrow(expect.objectContaining({ code: "JOBS_PAYLOAD_INVALID" }));
      expect((await jobs.stats()).totals.ready).toBe(0);
    },
  },
  {
    name: "retries a failing job with growing delays, then keeps it as dead with its error",
    async test(subject) {
      const jobs = await subject.make();
      const attempts: number[] = [];
      const begun: number[] = [];
      const fail = jobs.define("fail", {
        schema: anything,
        attempts: 3,
        backoff: { baseMs: 60, factor: 3 },
        handler: (_, { attempt }) => {
          attempts.push(attempt);
          begun.push(Date.now());
          throw new TypeError("no luck");
        },
      });
      await jobs.start();

      const id = await jobs.enqueue(fail, { n: 1 });

      await vi.waitFor(async () => expect((await jobs.stats()).totals.dead).toBe(1), patience);
      expect(attempts).toEqual([1, 2, 3]);
      const [first = 0, second = 0, third = 0] = begun;
      expect(second - first).toBeGreaterThanOrEqual(58);
      expect(third - second).toBeGreaterThanOrEqual(178);
      expect(await jobs.dead()).toMatchObject([
        {
          id,
          name: "fail",
          state: "dead",
          attempts: 3,
          payload: { n: 1 },
          lastError: expect.stringContaining("no luck"),
        },
      ]);
    },
  },
  {
    name: "continues with what a failed attempt kept, also after the job is dead and retried",
    async test(subject) {
      const jobs = await subject.make();
      const seen: number[] = [];
      const count = jobs.define("count", {
        schema: anything,
        attempts: 2,
        backoff: { baseMs: 1 },
        handler: ({ n }, { keep }) => {
          seen.push(n);
          if (n === 3) return;
          keep({ n: n + 1 });
          throw new Error("one more");
        },
      });
      await jobs.start();
      const id = await jobs.enqueue(count, { n: 1 });
      await vi.waitFor(async () => expect(await jobs.dead()).toMatchObject([{ id, payload: { n: 3 } }]), patience);

      await jobs.retry(id);

      await vi.waitFor(async () => expect((await jobs.find(id))?.state).toBe("done"), patience);
      expect(seen).toEqual([1, 2, 3]);
    },
  },
  {
    name: "runs a dead job again when it is retried",
    async test(subject) {
      const jobs = await subject.make();
      let isBroken = true;
      const repair = jobs.define("repair", {
        schema: anything,
        attempts: 1,
        handler: () => {
          if (isBroken) throw new Error("broken");
        },
      });
      await jobs.start();
      const id = await jobs.enqueue(repair, { n: 1 });
      await vi.waitFor(async () => expect((await jobs.dead()).length).toBe(1), patience);
      isBroken = false;

      const isRetried = await jobs.retry(id);

      expect(isRetried).toBe(true);
      await vi.waitFor(async () => expect((await jobs.find(id))?.state).toBe("done"), patience);
      expect(await jobs.retry(id)).toBe(false);
    },
  },
  {
    name: "keeps a job without a handler as dead, with a clear error",
    async test(subject) {
      const writer = await subject.make();
      const worker = await subject.make();
      writer.define("mystery", { schema: anything, attempts: 1, handler: () => undefined });
      worker.define("known", { schema: anything, handler: () => undefined });
      await writer.enqueue("mystery", { n: 1 });

      await worker.start();

      await vi.waitFor(async () => {
        expect((await writer.dead())[0]?.lastError).toContain('No job named "mystery"');
      }, patience);
    },
  },
  {
    name: "aborts a job that takes too long, and counts it as failed",
    async test(subject) {
      const jobs = await subject.make();
      const reasons: unknown[] = [];
      const hang = jobs.define("hang", {
        schema: anything,
        attempts: 1,
        timeoutMs: 50,
        handler: (_, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              reasons.push(signal.reason);
              reject(signal.reason);
            });
          }),
      });
      await jobs.start();

      await jobs.enqueue(hang, { n: 1 });

      await vi.waitFor(async () => expect((await jobs.dead())[0]?.lastError).toContain("within 50 ms"), patience);
      expect(reasons).toMatchObject([{ code: "JOBS_TIMED_OUT" }]);
    },
  },
  {
    name: "enqueues when the transaction commits, and not at all on rollback",
    async test(subject) {
      const jobs = await subject.make();
      const seen: number[] = [];
      jobs.define("note", { schema: anything, handler: ({ n }) => void seen.push(n) });
      await jobs.start();
      const rolledBack = subject.store.db.transaction().execute(async () => {
        await jobs.enqueue("note", { n: 1 });
        throw new Error("changed my mind");
      });
      await expect(rolledBack).rejects.toThrow("changed my mind");

      await subject.store.db.transaction().execute(async () => {
        await jobs.enqueue("note", { n: 2 });
        expect(seen).toEqual([]);
      });

      await vi.waitFor(() => expect(seen).toEqual([2]), patience);
      expect((await jobs.stats()).totals).toMatchObject({ ready: 0, dead: 0 });
    },
  },
  {
    name: "removes a waiting job when it is canceled",
    async test(subject) {
      const jobs = await subject.make();
      jobs.define("note", { schema: anything, handler: () => undefined });
      const id = await jobs.enqueue("note", { n: 1 }, { delayMs: 60_000 });

      const isCanceled = await jobs.cancel(id);

      expect(isCanceled).toBe(true);
      expect(await jobs.find(id)).toBeNull();
      expect(await jobs.cancel(id)).toBe(false);
    },
  },
  {
    name: "notifies listeners of each change to a job, once it is stored",
    async test(subject) {
      const jobs = await subject.make();
      const changes: JobChange["kind"][] = [];
      let states: Promise<string | undefined> | undefined;
      const note = jobs.define("note", { schema: anything, handler: () => undefined });
      jobs.onChange(({ kind, id }) => {
        changes.push(kind);
        if (kind === "done") states = jobs.find(id).then((job) => job?.state);
      });
      await jobs.start();

      await jobs.enqueue(note, { n: 1 });

      await vi.waitFor(() => expect(changes).toContain("done"), patience);
      expect([...changes].sort()).toEqual(["done", "enqueued", "started"]);
      expect(await states).toBe("done");
    },
  },
];

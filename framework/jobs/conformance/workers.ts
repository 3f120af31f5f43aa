import { once } from "node:events";
import { expect, vi } from "vitest";
import type { ConformanceRule } from "../../base/index.ts";
import { sql } from "../../db/index.ts";
import { createGate } from "../../test-support/create-gate.ts";
import { anything, type EngineSubject, patience, spawnWorker } from "./engine-subject.ts";

/** What several workers must do together: run every job, and run it only once. */
export const workerRules: readonly ConformanceRule<EngineSubject>[] = [
  {
    name: "gives each job to exactly one of many workers",
    async test(subject) {
      const workers = await Promise.all([subject.make(), subject.make(), subject.make(), subject.make()]);
      const runs = new Map<number, number>();
      for (const jobs of workers) {
        jobs.define("count", { schema: anything, handler: ({ n }) => void runs.set(n, (runs.get(n) ?? 0) + 1) });
      }
      const [first] = workers;
      for (let n = 0; n < 200; n++) await first?.enqueue("count", { n });

      await Promise.all(workers.map((jobs) => jobs.start()));

      await vi.waitFor(async () => expect((await first?.stats())?.totals.done).toBe(200), patience);
      expect(runs.size).toBe(200);
      expect([...runs.values()].every((times) => times === 1)).toBe(true);
    },
  },
  {
    name: "goes on after the transaction that it was started in",
    async test(subject) {
      const jobs = await subject.make();
      const { db } = subject.store;
      const ran: string[] = [];
      jobs.define("count", {
        schema: anything,
        handler: async () =>
          void ran.push((await sql<{ one: string }>`select 'ran' as one`.execute(db)).rows[0]?.one ?? ""),
      });
      await db.transaction().execute(() => jobs.start());

      await jobs.enqueue("count", { n: 1 });

      await vi.waitFor(() => expect(ran).toEqual(["ran"]), patience);
    },
  },
  {
    name: "finishes running jobs when it stops, and takes no new ones",
    async test(subject) {
      const jobs = await subject.make({ concurrency: 1 });
      const gate = createGate();
      const started: number[] = [];
      const slow = jobs.define("slow", {
        schema: anything,
        handler: async ({ n }) => {
          started.push(n);
          await gate.opened;
        },
      });
      const first = await jobs.enqueue(slow, { n: 1 });
      const second = await jobs.enqueue(slow, { n: 2 });
      await jobs.start();
      await vi.waitFor(() => expect(started).toEqual([1]), patience);

      const stopped = jobs.stop();
      gate.open();
      await stopped;

      expect((await jobs.find(first))?.state).toBe("done");
      expect((await jobs.find(second))?.state).toBe("ready");
      expect(started).toEqual([1]);
    },
  },
  {
    name: "releases a job that outlasts the grace period, and another worker runs it at once as the same attempt",
    async test(subject) {
      const leaving = await subject.make();
      const staying = await subject.make();
      const attempts: number[] = [];
      leaving.define("long", {
        schema: anything,
        handler: (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener("abort", reject)),
      });
      staying.define("long", { schema: anything, handler: (_, { attempt }) => void attempts.push(attempt) });
      const id = await leaving.enqueue("long", { n: 1 });
      await leaving.start();
      await vi.waitFor(async () => expect((await leaving.find(id))?.state).toBe("running"), patience);

      await leaving.stop({ graceMs: 0 });
      await staying.start();

      await vi.waitFor(() => expect(attempts).toEqual([1]), patience);
      await vi.waitFor(async () => expect((await staying.find(id))?.state).toBe("done"), patience);
    },
  },
  {
    name: "leaves a job that runs longer than its lease with its worker",
    async test(subject) {
      const workers = await Promise.all([subject.make({ leaseMs: 600 }), subject.make({ leaseMs: 600 })]);
      const gate = createGate();
      let begun = 0;
      for (const jobs of workers) {
        jobs.define("long", {
          schema: anything,
          handler: async () => {
            begun += 1;
            await gate.opened;
          },
        });
        await jobs.start();
      }
      const id = await workers[0]?.enqueue("long", { n: 1 });
      const from = Date.now();

      await vi.waitFor(() => expect(Date.now() - from).toBeGreaterThan(1500), patience);
      gate.open();

      await vi.waitFor(async () => expect((await workers[0]?.find(id ?? ""))?.state).toBe("done"), patience);
      expect(begun).toBe(1);
    },
  },
  {
    name: "leaves a running job with its worker although another machine's clock is ahead by more than the lease",
    async test(subject) {
      const jobs = await subject.make({ leaseMs: 3000 });
      const gate = createGate();
      let begun = 0;
      const handler = async () => {
        begun += 1;
        await gate.opened;
      };
      jobs.define("hang", { schema: anything, handler });
      const echo = jobs.define("echo", { queue: "echo", schema: anything, handler: () => undefined });
      const id = await jobs.enqueue("hang", { n: 1 });
      await jobs.start({ queues: ["default"] });
      await vi.waitFor(() => expect(begun).toBe(1), patience);

      const other = spawnWorker(subject.store, { aheadMs: 20_000 });
      let printed = "";
      other.stdout.on("data", (text) => {
        printed += text;
      });
      try {
        // When it has run two jobs of its own, one after the other, it has looked for lost ones as well.
        for (const n of [1, 2]) {
          await jobs.enqueue(echo, { n });
          await vi.waitFor(() => expect(printed).toContain(`echo ${n}`), { ...patience, timeout: 60_000 });
        }
        gate.open();

        await vi.waitFor(async () => expect((await jobs.find(id))?.state).toBe("done"), patience);
        expect([begun, printed]).toEqual([1, "echo 1\necho 2\n"]);
      } finally {
        other.kill("SIGKILL");
        await once(other, "exit");
      }
    },
  },
  {
    name: "runs a job once more when its worker was killed while running it",
    async test(subject) {
      const jobs = await subject.make({ leaseMs: 500 });
      const attempts: number[] = [];
      jobs.define("hang", { schema: anything, handler: (_, { attempt }) => void attempts.push(attempt) });
      const id = await jobs.enqueue("hang", { n: 1 });
      const worker = spawnWorker(subject.store);
      await once(worker.stdout, "data");
      worker.kill("SIGKILL");
      await once(worker, "exit");

      await jobs.start();

      await vi.waitFor(async () => expect((await jobs.find(id))?.state).toBe("done"), patience);
      expect(attempts).toEqual([1]);
    },
  },
];

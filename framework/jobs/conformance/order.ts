import { expect, it, vi } from "vitest";
import { createGate } from "../../test-support/create-gate.ts";
import { anything, type EngineBench, patience } from "./engine-bench.ts";

/** When jobs run, and which first. */
export function describeOrder(bench: EngineBench): void {
  it("holds a delayed job back until its time", async () => {
    const jobs = await bench.make();
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
  });

  it("runs what a cron rule asks for, once a moment however many workers there are", async () => {
    const workers = await Promise.all([bench.make(), bench.make(), bench.make()]);
    const second = () => Math.floor(Date.now() / 1000);
    const begunIn = second();
    let runs = 0;
    for (const jobs of workers) {
      jobs.define("tick", {
        schema: anything,
        handler: () => {
          runs += 1;
        },
      });
      await jobs.schedule("tick", "* * * * * *", { n: 1 });
      await jobs.start();
    }

    await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(3), patience);

    const schedules = (await workers[0]?.stats())?.schedules;
    expect(schedules).toMatchObject([{ key: "tick", cron: "* * * * * *", lastRunAt: expect.any(Number) }]);
    // Late runs may share a second, but no more can have been due than seconds have begun since.
    expect(runs).toBeLessThanOrEqual(second() - begunIn);
  });

  it("keeps one schedule of those that many workers declare at the same moment", async () => {
    const workers = await Promise.all([bench.make(), bench.make(), bench.make(), bench.make()]);
    for (const jobs of workers) {
      jobs.define("tick", { schema: anything, handler: () => undefined });
      await jobs.schedule("tick", "0 3 * * *", { n: 1 });
    }

    await Promise.all(workers.map((jobs) => jobs.start()));

    expect((await workers[0]?.stats())?.schedules).toMatchObject([{ key: "tick", cron: "0 3 * * *" }]);
  });

  it("drops a schedule that is declared no more", async () => {
    const before = await bench.make();
    before.define("tick", { schema: anything, handler: () => undefined });
    await before.schedule("tick", "0 3 * * *", { n: 1 });
    await before.start();
    await before.stop();
    const after = await bench.make();
    after.define("tick", { schema: anything, handler: () => undefined });

    await after.start();

    expect((await after.stats()).schedules).toEqual([]);
  });

  it("runs the higher priority first, and the older of equals", async () => {
    const jobs = await bench.make({ concurrency: 1 });
    const order: number[] = [];
    const note = jobs.define("note", { schema: anything, handler: ({ n }) => void order.push(n) });
    await jobs.enqueue(note, { n: 3 });
    await jobs.enqueue(note, { n: 4 });
    await jobs.enqueue(note, { n: 5 }, { priority: -10 });
    await jobs.enqueue(note, { n: 1 }, { priority: 10 });
    await jobs.enqueue(note, { n: 2 }, { priority: 5 });

    await jobs.start();

    await vi.waitFor(() => expect(order).toEqual([1, 2, 3, 4, 5]), patience);
  });

  it("makes no second job while one with the same unique key is unfinished", async () => {
    const jobs = await bench.make();
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
  });

  it("runs as many of a queue at once as its concurrency says", async () => {
    const jobs = await bench.make({ queues: { slow: 2 } });
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
  });

  it("leaves the jobs of other queues alone", async () => {
    const jobs = await bench.make();
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
  });
}

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { silentLogger, systemClock } from "../../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../../db/index.ts";
import { createScratchDatabase, type ScratchDatabase } from "../../test-support/scratch-database.ts";
import { services } from "../../test-support/services.ts";
import { createJobIds } from "../job-ids.ts";
import { createJobClaims } from "./job-claims.ts";
import { createJobStore } from "./job-store.ts";
import { createJobTime } from "./job-time.ts";
import { createJobViews } from "./job-views.ts";
import { createScheduleStore } from "./schedule-store.ts";

/** From now on, this machine's clock is ahead by an hour. */
function turnClock(): void {
  const { now } = Date;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 3_600_000);
}

function describeOn(name: string, serverUrl: string | null): void {
  describe.skipIf(serverUrl === null)(`a worker whose clock is an hour ahead of ${name}'s`, () => {
    let scratch: ScratchDatabase;
    let db: Database;

    beforeAll(async () => {
      scratch = await createScratchDatabase(serverUrl ?? "sqlite:");
      db = await openDatabase(scratch.url, { log: silentLogger });
      await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    });

    afterAll(async () => {
      await db.destroy();
      await scratch.drop();
    });

    afterEach(async () => {
      vi.restoreAllMocks();
      await db.deleteFrom("jobs").execute();
      await db.deleteFrom("job_schedules").execute();
    });

    const open = () => {
      const time = createJobTime(db, systemClock);
      const store = createJobStore(db, time);
      return {
        store,
        claims: createJobClaims({ db, time, leaseMs: 60_000, maxLosses: 2 }),
        views: createJobViews(db, time),
        schedules: createScheduleStore({ db, time, store, createId: createJobIds(systemClock) }),
      };
    };
    const job = { queue: "q", name: "n", payload: "{}", priority: 0, maxAttempts: 3, timeoutMs: 1000 };

    it("leaves jobs with their workers until the leases expire by the database's time", async () => {
      const { store, claims, views } = open();
      await store.insert({ ...job, id: "a" });
      await claims.take("q", 1);

      turnClock();
      await claims.rescue();

      expect((await views.find("a"))?.state).toBe("running");
    });

    it("leaves delayed jobs and failed ones until they are due by the database's time", async () => {
      const { store, claims } = open();
      await store.insert({ ...job, id: "a" });
      const [claim] = await claims.take("q", 1);
      if (claim) await store.settle(claim, { kind: "retry", delayMs: 600_000, error: "no" });
      await store.insert({ ...job, id: "b", delayMs: 600_000 });
      await store.insert({ ...job, id: "c", at: Date.now() + 600_000 });

      turnClock();
      await claims.promote();

      expect(await claims.take("q", 3)).toEqual([]);
      expect(await claims.nextDueMs()).toBeGreaterThan(0);
    });

    it("delays a job by the time asked for", async () => {
      const { store, claims } = open();

      turnClock();
      await store.insert({ ...job, id: "a", delayMs: 5000 });

      expect(await claims.nextDueMs()).toBeLessThanOrEqual(5000);
    });

    it("runs a schedule when it is due by the database's time", async () => {
      const { schedules, views } = open();
      // Due within the hour that the clock is ahead, but not within a minute.
      const minute = (new Date().getUTCMinutes() + 30) % 60;
      await schedules.replace([{ key: "k", cron: `${minute} * * * *`, timeZone: "UTC", job }]);

      turnClock();
      await schedules.runDue();

      expect(await views.list("ready", 10)).toEqual([]);
      expect(await schedules.nextDueMs()).toBeGreaterThan(60_000);
    });

    it("keeps finished jobs for as long as asked for", async () => {
      const { store, claims, views } = open();
      await store.insert({ ...job, id: "a" });
      const [claim] = await claims.take("q", 1);
      if (claim) await store.settle(claim, { kind: "done" });

      turnClock();
      await views.prune({ doneMs: 600_000, deadMs: 600_000 });

      expect((await views.find("a"))?.state).toBe("done");
    });
  });
}

describeOn("SQLite", "sqlite:");
describeOn("PostgreSQL", services.postgres);
describeOn("MariaDB", services.mysql);

import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { openDatabase } from "../../db/index.ts";
import { createScratchDatabase } from "../../test-support/scratch-database.ts";
import { type Random, seededRandom } from "../../test-support/seeded-random.ts";
import { services } from "../../test-support/services.ts";
import type { Change } from "./change.ts";
import { DatabaseWatch } from "./database-watch.ts";
import { createRandomTables, type RandomDatabase, randomQuery, refill } from "./random-queries.ts";
import { randomWrite } from "./random-writes.ts";
import { isTouched } from "./recent-changes.ts";

/** Writes in one of the ways in which an app may; what fails is left as it is. */
async function write(db: RandomDatabase, random: Random): Promise<string> {
  const names: string[] = [];
  const some = async (on: RandomDatabase) => {
    for (let count = Math.max(0, random(8) - 6); count >= 0; count -= 1) names.push(await randomWrite(on, random));
  };
  const ways: readonly [string, () => Promise<unknown>][] = [
    ["plainly", () => some(db)],
    ["plainly", () => some(db)],
    ["in a transaction", () => db.transaction().execute(() => some(db))],
    ["rolled back", () => db.transaction().execute(() => some(db).then(() => Promise.reject(new RangeError("no"))))],
    [
      "nested",
      () =>
        db.transaction().execute(async () => {
          await some(db);
          const inner = db.transaction().execute(() => some(db));
          if (random(2) === 0) await inner;
          else await inner.catch(() => {});
        }),
    ],
    [
      "controlled",
      async () => {
        const transaction = await db.startTransaction().execute();
        try {
          await transaction
            .updateTable("items")
            .set({ title: "controlled" })
            .where("list_id", "=", random(4))
            .execute();
          names.push("controlled");
        } finally {
          await (random(2) === 0 ? transaction.commit() : transaction.rollback()).execute();
        }
      },
    ],
  ];
  const [way, run] = ways[random(ways.length)] ?? ["", async () => {}];
  const failure = await run().then(
    () => "",
    (error: unknown) => ` failed: ${String(error).slice(0, 80)}`,
  );
  return `${names.join()} ${way}${failure}`;
}

async function findMissed(serverUrl: string, rounds: number, seed: number) {
  const scratch = await createScratchDatabase(serverUrl);
  const opened = await openDatabase(scratch.url, { log: silentLogger });
  let changes: Change[] = [];
  const watch = new DatabaseWatch({
    db: opened,
    log: silentLogger,
    namesStatements: false,
    publish: async (told) => void changes.push(...told),
  });
  const random = seededRandom(seed);
  const missed: string[] = [];
  const seen = { changed: 0, spared: 0, failed: 0 };
  try {
    const db = await createRandomTables(opened);
    await watch.start();
    for (let round = 0; round < rounds; round += 1) {
      if (round % 2 === 0) await refill(db);
      const regions = [1, 2, 3, 4, 5, 6, 7, 8].map(() => randomQuery(db, random));
      const before = [];
      for (const { run } of regions) before.push(await watch.record(run));
      changes = [];
      const what = await write(db, random);
      if (what.includes("failed")) seen.failed += 1;
      await watch.settled();
      for (const [index, { name, run }] of regions.entries()) {
        const old = before[index] ?? { result: undefined, reads: [] };
        const isNew = JSON.stringify(await run()) !== JSON.stringify(old.result);
        const isSeen = isTouched(old.reads, changes);
        if (isNew) seen.changed += 1;
        if (!isSeen) seen.spared += 1;
        if (isNew && !isSeen) missed.push(`${name} after ${what}: ${JSON.stringify([old.reads, changes])}`);
      }
    }
  } finally {
    watch.stop();
    await opened.destroy();
    await scratch.drop();
  }
  return { missed, ...seen };
}

const servers = [
  { name: "SQLite", url: "sqlite:", rounds: 700 },
  { name: "PostgreSQL", url: services.postgres, rounds: 60 },
  { name: "MySQL or MariaDB", url: services.mysql, rounds: 40 },
];

describe("changes to what was read", () => {
  for (const { name, url, rounds } of servers) {
    it.skipIf(url === null)(`are never missed on ${name}`, { timeout: 60_000 }, async () => {
      const { missed, changed, spared, ...rest } = await findMissed(
        url ?? "",
        rounds * Number(process.env.TIMES ?? 1),
        Number(process.env.SEED ?? 7),
      );

      if (process.env.TIMES) console.log({ missed: missed.length, changed, spared, ...rest, of: rounds * 8 });
      expect(missed).toEqual([]);
      // It must not be true because nothing happens, or because everything counts as changed.
      expect(changed).toBeGreaterThan(rounds / 10);
      expect(spared).toBeGreaterThan(rounds);
    });
  }
});

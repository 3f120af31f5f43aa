import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { everybody, type Part, RequireLogin, silentLogger, type User, wire } from "../index.ts";
import { createMemoryBus, MemoryBackplane } from "../sse/index.ts";
import { createScratchDatabase } from "../test-support/scratch-database.ts";
import { type Random, seededRandom } from "../test-support/seeded-random.ts";
import { services } from "../test-support/services.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";
import { OpenPage } from "./live-pages/open-page.ts";
import { ownersOnly, paramsSchema, type RandomRegion, randomRegion } from "./live-pages/random-regions.tsx";
import {
  createPageTables,
  owners,
  type PageDatabase,
  pageTables,
  pick,
  refill,
  writeSomething,
} from "./live-pages/random-tables.ts";

const shownRegions = z.array(z.object({ number: z.number(), params: paramsSchema }));
type ShownRegions = z.infer<typeof shownRegions>;

/** Two nodes of an app whose pages show any of some random regions. */
class Story implements AsyncDisposable {
  readonly #random: Random;
  readonly #isSqlite: boolean;
  readonly #regions: readonly RandomRegion[];
  readonly #nodes: TestKit[] = [];
  readonly #drop: () => Promise<void>;
  readonly #users: User[] = [];
  /** Who owns which list. */
  readonly #owners = new Set<string>();
  readonly #pages = new Map<OpenPage, { readonly user: User; readonly shown: ShownRegions; readonly what: string }>();
  /** What happened, which a failure tells. */
  readonly told: string[] = [];
  updates = 0;

  private constructor(random: Random, isSqlite: boolean, drop: () => Promise<void>) {
    this.#random = random;
    this.#isSqlite = isSqlite;
    this.#drop = drop;
    this.#regions = Array.from({ length: 12 }, (_, number) => randomRegion(number, random));
  }

  static async begin(serverUrl: string, seed: number): Promise<Story> {
    const random = seededRandom(seed);
    const scratch = await createScratchDatabase(serverUrl);
    const story = new Story(random, serverUrl.startsWith("sqlite"), scratch.drop);
    const bus = createMemoryBus();
    for (let count = 1 + (seed % 2); count > 0; count -= 1) {
      const node = await createTestKit(
        async (config) => {
          const app = new Hono();
          return { app, kit: await wire(app, { ...config, parts: [story.#part] }) };
        },
        { databaseUrl: scratch.url, sse: { backplane: new MemoryBackplane(bus) }, log: silentLogger },
      );
      if (story.#nodes.length === 0) await createPageTables(node.kit.db);
      story.#nodes.push(node);
    }
    for (const name of ["Ann", "Bob", "Cem"]) story.#users.push(await story.#anyNode.createUser({ name }));
    return story;
  }

  /** Two connections of one process to an SQLite file would wait for each other. */
  get #mayOverlap(): boolean {
    return this.#nodes.length === 1 || !this.#isSqlite;
  }

  get #part(): Part {
    return {
      name: "pages",
      live: this.#regions.map(({ Region }) => Region),
      mount: (app) => {
        app.get("/page", RequireLogin, (c) => {
          const shown = shownRegions.parse(JSON.parse(c.req.query("regions") ?? "[]"));
          const content = shown.map(({ number, params }) => {
            const Region = this.#regions[number]?.Region;
            return Region ? <Region {...params} /> : null;
          });
          return c.render(<section id="page">{content}</section>, { title: "Page" });
        });
      },
    };
  }

  get #anyNode(): TestKit {
    return pick(this.#random, this.#nodes);
  }

  get #db(): PageDatabase {
    return pageTables(this.#anyNode.kit.db);
  }

  /** Throws if it doesn't come to an end. */
  async tell(events: number): Promise<void> {
    const end = new AbortController();
    const patience = sleep(20_000, undefined, { signal: end.signal }).then(
      () => Promise.reject(new RangeError("It doesn't come to an end.")),
      () => {},
    );
    await Promise.race([this.#tell(events), patience]).finally(() => end.abort());
  }

  async #tell(events: number): Promise<void> {
    await refill(this.#db, this.#random);
    this.told.length = 0;
    this.#pages.clear();
    for (let count = 0; count < 4; count += 1) await this.#open();
    for (let event = 0; event < events; event += 1) {
      const isAlone = this.#random(3) > 0 || !this.#mayOverlap;
      await Promise.all(isAlone ? [this.#happen()] : [this.#happen(), this.#write()]);
      if (this.#random(2) === 0) await this.#compare();
    }
    await this.#compare();
    await Promise.all([...this.#pages.keys()].map((page) => page.leave()));
  }

  async #happen(): Promise<void> {
    const random = this.#random;
    const page = pick(random, [...this.#pages.keys()]);
    const what = random(20);
    if (what === 0) return await this.#open();
    if (what === 1) return await this.#change();
    if (what === 2) return await this.#promote();
    if (what < 7) {
      this.told.push(`${this.#nameOf(page)} ${page.isAway ? "comes back" : "goes away"}`);
      return await (page.isAway ? page.connect() : page.leave());
    }
    await this.#write();
  }

  async #write(): Promise<void> {
    this.told.push(await writeSomething(this.#db, this.#random));
  }

  /** Somebody opens a page that another one may have open as well. */
  async #open(): Promise<void> {
    const random = this.#random;
    const others = [...this.#pages.values()];
    const shown = others.length > 0 && random(2) === 0 ? pick(random, others).shown : this.#chooseRegions();
    const user = pick(random, this.#users);
    const client = this.#anyNode.client.as(user);
    const page = await OpenPage.open(client, `/page?regions=${encodeURIComponent(JSON.stringify(shown))}`);
    const what = shown.map(({ number, params }) => `${this.#regions[number]?.what} (list ${params.list})`).join("; ");
    this.#pages.set(page, { user, shown, what });
    this.told.push(`${this.#nameOf(page)} is opened: ${what}`);
    if (random(4) > 0) await page.connect();
  }

  #chooseRegions(): ShownRegions {
    const random = this.#random;
    const chosen = new Map<string, ShownRegions[number]>();
    for (let count = random(4); count >= 0; count -= 1) {
      const list = random(3);
      const shown = { number: random(this.#regions.length), params: { list, owner: owners[list] ?? "" } };
      chosen.set(JSON.stringify(shown), shown);
    }
    return [...chosen.values()];
  }

  #nameOf(page: OpenPage): string {
    return `page ${[...this.#pages.keys()].indexOf(page)} of ${this.#pages.get(page)?.user.name}`;
  }

  /** Somebody says that a region has changed, whether that is true or not. */
  async #change(): Promise<void> {
    const { Region, what } = pick(this.#random, this.#regions);
    this.told.push(`${what} is said to have changed`);
    await this.#anyNode.kit.live.changed(Region);
  }

  /** Somebody becomes the owner of a list, or isn't any longer. */
  async #promote(): Promise<void> {
    const [user, list] = [pick(this.#random, this.#users), this.#random(3)];
    const node = this.#anyNode;
    const roles = pageTables(node.kit.db);
    await this.#settle();
    this.#checkReceived();
    await roles.transaction().execute(async () => {
      const isOwner = this.#owners.delete(`${user.id} ${list}`);
      this.told.push(`${user.name} ${isOwner ? "is no longer" : "becomes"} the owner of list ${list}`);
      if (isOwner)
        await roles.deleteFrom("live_roles").where("user_id", "=", user.id).where("list_id", "=", list).execute();
      else await roles.insertInto("live_roles").values({ user_id: user.id, list_id: list }).execute();
      if (!isOwner) this.#owners.add(`${user.id} ${list}`);
      for (const { Region } of this.#regions) await node.kit.live.reauthorize(Region);
    });
    await this.#settle();
    this.#forgetReceived();
  }

  /** Until every open page has read everything that it should be sent. */
  async #settle(): Promise<void> {
    const reconnects = () => [...this.#pages.keys()].reduce((total, page) => total + page.reconnects, 0);
    for (let before = -1; before !== reconnects(); ) {
      before = reconnects();
      for (const { kit } of this.#nodes) await kit.live.settled();
      const mark = String(this.#random(1e9));
      await this.#anyNode.kit.broker.broadcast("mark", mark, { to: everybody });
      const heard = Promise.all([...this.#pages.keys()].map((page) => page.heard(mark)));
      await Promise.race([heard, sleep(5000).then(() => Promise.reject(new RangeError("a page hears nothing")))]);
    }
  }

  async #compare(): Promise<void> {
    const isPatient = this.#random(2) === 0;
    this.told.push(isPatient ? "after a while" : "as soon as everything is settled");
    const open = [...this.#pages.keys()].filter(({ isAway }) => !isAway);
    const expected = await Promise.all(open.map(async (page) => ({ page, fresh: await page.fresh() })));
    // Pages become true by themselves; `settled` only says when.
    if (!isPatient) await this.#settle();
    for (const limit = performance.now() + 3000; isPatient && performance.now() < limit; await sleep(2)) {
      if (expected.every(({ page, fresh }) => page.shown === fresh)) break;
    }
    for (const { page, fresh } of expected) {
      for (const failure of page.failures) throw failure;
      if (page.shown === fresh) continue;
      const what = `${this.#nameOf(page)}: ${this.#pages.get(page)?.what}`;
      expect({ what, ...differences(page.shown, fresh) }).toBeUndefined();
    }
    this.#checkReceived();
  }

  /** Roles don't change between two of these. */
  #checkReceived(): void {
    for (const [page, { user }] of this.#pages) {
      const isOwner = [...this.#owners].some((owner) => owner.startsWith(user.id));
      if (!isOwner) expect(page.received.join()).not.toContain(ownersOnly);
    }
    this.#forgetReceived();
  }

  #forgetReceived(): void {
    for (const page of this.#pages.keys()) this.updates += page.received.splice(0).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#pages.keys()].map((page) => page.leave()));
    for (const node of this.#nodes) await node.close();
    await this.#drop();
  }
}

/** Where two texts begin to differ. */
function differences(shown: string, fresh: string) {
  let at = 0;
  while (shown[at] === fresh[at]) at += 1;
  const from = Math.max(0, at - 150);
  return { at, shown: shown.slice(from, at + 150), fresh: fresh.slice(from, at + 150) };
}

const servers = [
  { name: "SQLite", url: "sqlite:", seeds: 5 },
  { name: "PostgreSQL", url: services.postgres, seeds: 1 },
];
const times = Number(process.env.TIMES ?? 1);
const firstSeed = Number(process.env.SEED ?? 1);

describe("pages with live regions", () => {
  for (const { name, url, seeds } of servers) {
    it.skipIf(url === null)(
      `end up as if they had just been opened on ${name}`,
      { timeout: 180_000 * times },
      async () => {
        let updates = 0;
        for (let seed = firstSeed; seed < firstSeed + seeds * times; seed += 1) {
          await using story = await Story.begin(url ?? "", seed);
          try {
            for (let count = 0; count < 3; count += 1) await story.tell(12);
          } catch (error) {
            throw new Error(`SEED=${seed} on ${name}:\n${story.told.join("\n")}\n${error}`, { cause: error });
          }
          updates += story.updates;
        }

        if (process.env.TIMES) console.log({ name, updates });
        // It must not be true because nothing happens.
        expect(updates).toBeGreaterThan(20 * seeds * times);
      },
    );
  }
});

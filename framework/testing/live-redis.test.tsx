import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, everybody, live, type Part, wire } from "../index.ts";
import { openRedis } from "../redis/index.ts";
import { RedisBackplane } from "../sse/index.ts";
import { services } from "../test-support/services.ts";
import { SilentLine } from "../test-support/silent-line.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";

const notes = (db: Database) => db.withTables<{ live_notes: { id: number } }>();

const Notes = live({
  name: "notes",
  grant: everybody,
  load: ({ db }) => notes(db).selectFrom("live_notes").select("id").orderBy("id").execute(),
  render: (rows) => <p>Notes: {rows.map(({ id }) => id).join(", ")}.</p>,
});

const part: Part = {
  name: "notes",
  live: [Notes],
  mount(app) {
    app.get("/notes", (c) => c.render(<Notes />, { title: "Notes" }));
  },
};

const redisUrl = services.redis ?? "";
let line: SilentLine;
let key: string;
let test: TestKit;

describe.skipIf(services.redis === null)("writes to what live regions show, while Redis stalls", () => {
  beforeEach(async () => {
    line = await SilentLine.to(Number(new URL(redisUrl).port || 6379));
    key = `test:${randomUUID()}`;
    const url = new URL(redisUrl);
    url.host = `127.0.0.1:${line.port}`;
    test = await createTestKit(
      async (config) => {
        const app = new Hono();
        return { app, kit: await wire(app, { ...config, parts: [part] }) };
      },
      { sse: { backplane: new RedisBackplane({ url: url.href, key }) } },
    );
    await test.kit.db.schema
      .createTable("live_notes")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .execute();
    await test.kit.live.settled();
  });

  afterEach(async () => {
    line.resume();
    await test.close();
    await line.close();
    const redis = await openRedis(redisUrl);
    for (const each of await redis.keys(`*${key}*`)) await redis.del(each);
    redis.disconnect();
  });

  it("wait for it each on its own, not for each other's turn, and show in the order in which they were made", async () => {
    await test.client.get("/notes");
    const page = await test.client.listen();
    const { db } = test.kit;
    const steps: string[] = [];
    const stop = db.observe(({ query }) => {
      if (query.sql.startsWith("insert")) steps.push(`written ${query.parameters[0]}`);
    });
    const ids = [1, 2, 3, 4, 5];
    line.stall();

    const add = async (id: number) => {
      await db.transaction().execute(() => notes(db).insertInto("live_notes").values({ id }).execute());
      steps.push(`told ${id}`);
    };
    await Promise.all(ids.map(add));
    stop();
    line.resume();
    await test.kit.live.settled();

    expect(steps).toEqual([...ids.map((id) => `written ${id}`), ...ids.map((id) => `told ${id}`)]);
    let shown = "";
    while (!shown.includes("Notes: 1, 2, 3, 4, 5.")) shown = (await page.next()).data;
    expect(test.kit.broker.stats()).toMatchObject({ waiting: { messages: 0 } });
  });
});

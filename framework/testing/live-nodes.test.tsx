import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Database, live, openDatabase, type Part, RequireLogin, silentLogger, wire } from "../index.ts";
import { createMemoryBus, MemoryBackplane } from "../sse/index.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";

type Rows = { rows: { id: number; list: string; text: string }; chiefs: { list: string; user_id: string } };
let asked = async () => {};
const rowsOf = (db: Database) => db.withTables<Rows>();

const Rows = live({
  name: "rows",
  params: z.object({ list: z.string() }),
  audiences: ["chief", "other"],
  grant: async (c, { list }) => {
    if (!c.var.user) return false;
    if (c.req.path === "/events") await asked();
    const found = await rowsOf(c.var.kit.db)
      .selectFrom("chiefs")
      .select("list")
      .where("list", "=", list)
      .where("user_id", "=", c.var.user.id)
      .executeTakeFirst();
    return found ? "chief" : "other";
  },
  load: ({ db }, { list }) =>
    rowsOf(db).selectFrom("rows").selectAll().where("list", "=", list).orderBy("id").execute(),
  render: (rows, { audience }) => (
    <ul>
      {rows.map(({ id, text }) => (
        <li id={`row-${id}`}>
          {text} {audience === "chief" ? <button type="button">Delete</button> : null}
        </li>
      ))}
    </ul>
  ),
});

const part: Part = {
  name: "rows",
  live: [Rows],
  mount(app) {
    app.get("/:list", RequireLogin, (c) => c.render(<Rows list={c.req.param("list")} />, { title: "Rows" }));
  },
};

let folder: string;
let logged: { readonly facts: unknown; readonly text: unknown }[] = [];
let nodes: TestKit[];

/** Two nodes of one app: one database, one backplane. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "live-nodes-"));
  const bus = createMemoryBus();
  logged = [];
  asked = async () => {};
  nodes = [];
  for (const _ of [1, 2]) {
    const node = await createTestKit(
      async (config) => {
        const app = new Hono();
        return { app, kit: await wire(app, { ...config, parts: [part] }) };
      },
      {
        databaseUrl: `sqlite:${join(folder, "app.db")}`,
        sse: { backplane: new MemoryBackplane(bus), limits: { connectionsPerUser: 20 } },
        log: { ...silentLogger, info: (facts, text) => void logged.push({ facts, text }) },
      },
    );
    if (nodes.length === 0) {
      const { schema } = node.kit.db;
      await schema
        .createTable("rows")
        .addColumn("id", "integer", (column) => column.primaryKey())
        .addColumn("list", "text")
        .addColumn("text", "text")
        .execute();
      await schema.createTable("chiefs").addColumn("list", "text").addColumn("user_id", "text").execute();
    }
    nodes.push(node);
  }
  await settle();
});

afterEach(async () => {
  for (const node of nodes) await node.close();
  rmSync(folder, { recursive: true });
});

function node(index: number): TestKit {
  const found = nodes[index];
  if (!found) throw new RangeError(`no node ${index}`);
  return found;
}

async function settle(): Promise<void> {
  for (const { kit } of nodes) await kit.live.settled();
}

/** Changes a row as a program does that tells nobody, or a node that dies before it does. */
async function writeUntold(): Promise<void> {
  const db = await openDatabase<Rows>(`sqlite:${join(folder, "app.db")}`, { log: silentLogger });
  await db.updateTable("rows").set({ text: "untold" }).where("id", "=", 0).execute();
  await db.destroy();
}

/** Reads a stream until it has said something. */
async function readUntil(response: Response, text: string): Promise<string> {
  let received = "";
  for await (const bytes of response.body ?? []) {
    received += Buffer.from(bytes);
    if (received.includes(text)) return received;
  }
  throw new RangeError(`The stream ended with ${received}`);
}

async function insert(count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, id) => ({ id, list: "a", text: `The text of row ${id}` }));
  await rowsOf(node(0).kit.db).insertInto("rows").values(rows).execute();
}

describe("live regions on two nodes", () => {
  it("show what was written on the other one", async () => {
    await insert(20);
    const page = node(1).client.as(await node(0).createUser({ name: "Ann" }));
    await page.get("/a");
    const events = await page.listen();

    await rowsOf(node(0).kit.db).updateTable("rows").set({ text: "changed" }).where("id", "=", 7).execute();

    expect((await events.next()).data).toMatch(
      /^<hx-partial hx-target="#live-rows-\w+ #row-7" hx-swap="outerMorph"><li id="row-7">changed <\/li><\/hx-partial>$/,
    );
  });

  it("take a page over that the other one has rendered", async () => {
    await insert(20);
    const user = await node(0).createUser({ name: "Ann" });
    const [here, there] = [node(0).client.as(user), node(1).client.as(user)];
    const { text } = await here.get("/a");
    await rowsOf(node(0).kit.db).updateTable("rows").set({ text: "changed" }).where("id", "=", 7).execute();
    const [, token, at] = /data-live="([^"]+)" data-live-at="([^"]+)"/.exec(text) ?? [];

    const response = await there.request(`/events?live=${token}~${at}`, { headers: { Accept: "text/event-stream" } });

    expect(await readUntil(response, "changed")).toContain("innerMorph");
  });

  it("stop showing what somebody may no longer see, wherever they are connected", async () => {
    await insert(20);
    const user = await node(0).createUser({ name: "Ann" });
    await rowsOf(node(0).kit.db).insertInto("chiefs").values({ list: "a", user_id: user.id }).execute();
    const page = node(1).client.as(user);
    expect((await page.get("/a")).text).toContain("Delete");
    const events = await page.listen();

    await node(0)
      .kit.db.transaction()
      .execute(async (trx) => {
        await rowsOf(node(0).kit.db).deleteFrom("chiefs").execute();
        await node(0).kit.live.reauthorize(Rows, { list: "a" });
        await trx.withTables<Rows>().updateTable("rows").set({ text: "changed" }).where("id", "=", 7).execute();
      });
    await settle();

    await expect(events.next()).rejects.toMatchObject({ code: "TESTING_STREAM_ENDED" });
    const again = await page.listen();
    const { data } = await again.next();
    expect(data).toContain("changed");
    expect(data).not.toContain("Delete");
  });

  it("end a stream whose rights changed while they were asked for", async () => {
    await insert(20);
    const user = await node(0).createUser({ name: "Ann" });
    const page = node(1).client.as(user);
    await page.get("/a");
    asked = async () => {
      asked = async () => {};
      await node(0).kit.live.reauthorize(Rows, { list: "a" });
    };

    const events = await page.listen();

    await expect(events.next()).rejects.toMatchObject({ code: "TESTING_STREAM_ENDED" });
    expect((await page.listen()).isOpen).toBe(true);
  });

  it("correct a page that shows less than the database, although nobody told of the change", async () => {
    await insert(20);
    const user = await node(0).createUser({ name: "Ann" });
    const { text } = await node(0).client.as(user).get("/a");
    const there = node(1).client.as(user);
    await there.get("/a");
    await writeUntold();
    const [, token, at] = /data-live="([^"]+)" data-live-at="([^"]+)"/.exec(text) ?? [];

    // The region is in the memory of the node already, as it was before.
    const response = await there.request(`/events?live=${token}~${at}`, { headers: { Accept: "text/event-stream" } });
    const page = await node(1).client.as(user);
    expect((await page.get("/a")).text).toContain("untold");
    const events = await page.listen();

    expect(await readUntil(response, "untold")).toContain("#row-0");
    expect(events.isOpen).toBe(true);
  });

  it("load again what pages show when another node has died, a few at a time, and send what is different", async () => {
    await insert(1);
    const user = await node(1).createUser({ name: "Ann" });
    const lists = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o"];
    const pages = [];
    for (const list of lists) {
      const page = node(1).client.as(user);
      await page.get(`/${list}`);
      pages.push(await page.listen());
    }
    await settle();
    await writeUntold();
    const before = node(1).kit.live.stats();
    const since = () => {
      const { loads, updates } = node(1).kit.live.stats();
      return { loads: loads - before.loads, updates: updates - before.updates };
    };

    node(1).kit.live.onNodeDeath();
    const atOnce = since();
    await expect.poll(since).toEqual({ loads: lists.length, updates: 1 });

    expect(atOnce).toEqual({ loads: 10, updates: 0 });
    expect((await pages[0]?.next())?.data).toContain("untold");
  });

  it("cost one query and one drawing for a change, however many look, and few bytes", async () => {
    await insert(100);
    const pages = await Promise.all(
      Array.from({ length: 60 }, async (_, number) => {
        const page = node(1).client.as(await node(1).createUser({ name: `Person ${number}` }));
        await page.get("/a");
        return await page.listen();
      }),
    );
    await settle();
    const before = node(1).kit.live.stats();
    const queries: string[] = [];
    const stop = node(1).kit.db.observe(({ query }) => void queries.push(query.sql));

    await rowsOf(node(0).kit.db).updateTable("rows").set({ text: "The text changed" }).where("id", "=", 7).execute();
    await settle();
    stop();

    const after = node(1).kit.live.stats();
    expect(queries).toHaveLength(1);
    expect(logged.filter(({ text }) => text === "a live region was drawn again").map(({ facts }) => facts)).toEqual([
      { region: "rows", params: '{"list":"a"}', because: "rows", pages: pages.length, ms: expect.any(Number) },
    ]);
    const [update] = node(1).kit.live.report.history.latest;
    expect(update).toMatchObject({ region: "rows", params: '{"list":"a"}', tables: ["rows"], pages: pages.length });
    // The other node has written it. No value is in it.
    expect(update?.statements).toEqual(['update "rows" set "text" = ? where "id" = ?']);
    expect(update?.bytes).toBe(after.bytes - before.bytes);
    expect(node(1).kit.live.report.open).toEqual([
      { region: "rows", params: '{"list":"a"}', reads: ["rows (list)"], audiences: [{ audience: "other", pages: 60 }] },
    ]);
    expect([after.loads - before.loads, after.renders - before.renders]).toEqual([1, 1]);
    expect(after.updates - before.updates).toBe(pages.length);
    const bytes = (after.bytes - before.bytes) / pages.length;
    expect(bytes).toBeLessThan(1024);
    const { data } = (await pages[0]?.next()) ?? { data: "" };
    expect(gzipSync(data).length).toBeLessThan(350);
  });
});

import { Hono } from "hono";
import { useRequestContext } from "hono/jsx-renderer";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createGuard, type Database, everybody, live, type Part, RequireLogin, wire } from "../index.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";

/** The tables that the regions read. */
type Shown = { live_items: { id: string; list: string; title: string } };
const shown = (db: Database) => db.withTables<Shown>();

let loads = 0;

const ItemList = live({
  name: "item-list",
  params: z.object({ list: z.string() }),
  grant: everybody,
  load: ({ db }, { list }) => {
    loads += 1;
    return shown(db).selectFrom("live_items").selectAll().where("list", "=", list).orderBy("id").execute();
  },
  render: (items) => (
    <ul class="the items of a list">
      {items.map(({ id, title }) => (
        <li id={`item-${id}`}>{title}</li>
      ))}
    </ul>
  ),
});

const Boss = live({
  name: "boss",
  params: z.object({ list: z.string() }),
  audiences: ["owner", "member"],
  grant: async (c, { list }) => {
    if (!c.var.user) return false;
    const row = await shown(c.var.kit.db)
      .selectFrom("live_items")
      .select("title")
      .where("id", "=", `owner-${list}`)
      .executeTakeFirst();
    return row?.title === c.var.user.name ? "owner" : "member";
  },
  load: ({ db }, { list }) => shown(db).selectFrom("live_items").select("title").where("list", "=", list).execute(),
  render: (items, { audience }) => (
    <p>
      {items.length} items {audience === "owner" ? <button type="button">Delete all</button> : null}
    </p>
  ),
});

const Mine = live({
  name: "mine",
  audience: "person",
  grant: RequireLogin,
  load: ({ db, userId }) => shown(db).selectFrom("live_items").select("title").where("list", "=", userId).execute(),
  render: (items) => <b>{items.map(({ title }) => title).join()}</b>,
});

function Nosy() {
  return <i>{useRequestContext().req.path}</i>;
}

const Leak = live({ name: "leak", grant: everybody, load: () => 1, render: () => <Nosy /> });
const Closed = live({
  name: "closed",
  grant: createGuard({ name: "RequireNobody", allows: () => false }),
  load: () => 1,
  render: () => <i />,
});
const Unlisted = live({ name: "unlisted", grant: everybody, load: () => 1, render: () => <i /> });

const part: Part = {
  name: "lists",
  live: [ItemList, Boss, Mine, Leak, Closed],
  mount(app) {
    app.get("/lists/:list", (c) => c.render(<ItemList list={c.req.param("list")} />, { title: "List" }));
    app.get("/boss/:list", RequireLogin, (c) => c.render(<Boss list={c.req.param("list")} />, { title: "Boss" }));
    app.get("/mine", RequireLogin, (c) => c.render(<Mine />, { title: "Mine" }));
    app.get("/leak", (c) => c.render(<Leak />, { title: "Leak" }));
    app.get("/closed", (c) => c.render(<Closed />, { title: "Closed" }));
    app.get("/unlisted", (c) => c.render(<Unlisted />, { title: "Unlisted" }));
  },
};

let test: TestKit;

async function open(): Promise<TestKit["kit"]> {
  test = await createTestKit(async (config) => {
    const app = new Hono();
    return { app, kit: await wire(app, { ...config, parts: [part] }) };
  });
  const { db } = test.kit;
  await db.schema
    .createTable("live_items")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("list", "text")
    .addColumn("title", "text")
    .execute();
  await test.kit.live.settled();
  loads = 0;
  return test.kit;
}

const add = (id: string, title: string, list = "a") =>
  shown(test.kit.db).insertInto("live_items").values({ id, list, title }).execute();

afterEach(() => test.close());

describe("live", () => {
  it("shows a committed change on every open page, without code that publishes it", async () => {
    await open();
    for (let id = 10; id < 20; id += 1) await add(String(id), "one of ten");
    await test.client.get("/lists/a");
    const page = await test.client.listen();

    await add("20", "new");

    expect((await page.next()).data).toMatch(
      /^<hx-partial hx-target="#live-item-list-[0-9a-f]{12} #item-19" hx-swap="afterend"><li id="item-20">new<\/li><\/hx-partial>$/,
    );
  });

  it("leaves pages alone that show other rows, and loads nothing for nobody", async () => {
    const kit = await open();
    await add("1", "one");
    await test.client.get("/lists/a");
    const page = await test.client.listen();
    loads = 0;

    await add("2", "two", "b");
    await kit.live.settled();

    expect(loads).toBe(0);
    await page.close();
    await kit.live.settled();
    await add("3", "three");
    await kit.live.settled();
    expect(loads).toBe(0);
  });

  it("loads and draws once for all, and once for many writes of a transaction", async () => {
    const kit = await open();
    await add("1", "one");
    const pages = await Promise.all(
      [1, 2, 3].map(async () => {
        const client = test.createClient();
        await client.get("/lists/a");
        return await client.listen();
      }),
    );
    await kit.live.settled();
    const before = kit.live.stats();

    await kit.db.transaction().execute(async () => {
      for (let count = 0; count < 20; count += 1) await add(`n${count}`, "new");
    });
    await kit.live.settled();

    const after = kit.live.stats();
    expect([after.loads - before.loads, after.renders - before.renders, after.updates - before.updates]).toEqual([
      1, 1, 3,
    ]);
    for (const page of pages) expect((await page.next()).data).toContain("item-n19");
  });

  it("shows nothing of a transaction that is rolled back", async () => {
    const kit = await open();
    await add("1", "one");
    await test.client.get("/lists/a");
    const page = await test.client.listen();

    const change = kit.db.transaction().execute(async () => {
      await add("2", "lost");
      throw new RangeError("too late");
    });

    await expect(change).rejects.toThrow("too late");
    await add("3", "kept");
    expect((await page.next()).data).not.toContain("lost");
  });

  it("sends a page that was away the newest state, once", async () => {
    const kit = await open();
    await add("1", "one");
    await test.client.get("/lists/a");
    for (let count = 0; count < 500; count += 1) {
      await shown(kit.db)
        .updateTable("live_items")
        .set({ title: `t${count}` })
        .where("id", "=", "1")
        .execute();
    }

    const page = await test.client.listen();

    const { data } = await page.next();
    expect(data).toMatch(/^<hx-partial hx-target="#live-item-list-[0-9a-f]{12}" hx-swap="innerMorph">.*t499/);
    await kit.live.settled();
    await add("2", "two");
    expect((await page.next()).data).toContain("item-2");
  });

  it("sends nothing to a page that shows everything already", async () => {
    const kit = await open();
    await add("1", "one");
    await test.client.get("/lists/a");
    const page = await test.client.listen();
    await kit.live.settled();
    await shown(kit.db).updateTable("live_items").set({ title: "one" }).where("id", "=", "1").execute();
    await kit.live.settled();

    expect(kit.live.stats().updates).toBe(0);
    expect(page.isOpen).toBe(true);
  });

  it("shows each audience its own, and a changed one at once", async () => {
    const kit = await open();
    await add("owner-a", "Ann");
    const [ann, bob] = [
      test.client.as(await test.createUser({ name: "Ann" })),
      test.client.as(await test.createUser({ name: "Bob" })),
    ];
    expect((await ann.get("/boss/a")).text).toContain("Delete all");
    expect((await bob.get("/boss/a")).text).not.toContain("Delete all");
    const [anns, bobs] = [await ann.listen(), await bob.listen()];

    await add("1", "one");

    expect((await anns.next()).data).toContain("Delete all");
    expect((await bobs.next()).data).not.toContain("Delete all");
    await kit.live.settled();
  });

  it("draws for an audience that comes back right after another one", async () => {
    await open();
    await add("owner-a", "Ann");
    const [ann, bob] = [
      test.client.as(await test.createUser({ name: "Ann" })),
      test.client.as(await test.createUser({ name: "Bob" })),
    ];
    for (const client of [ann, bob]) await client.get("/boss/a");
    await add("1", "while they were away");

    const anns = await ann.listen();
    expect((await anns.next()).data).toContain("2 items");
    const bobs = await bob.listen();

    expect((await bobs.next()).data).toContain("2 items");
  });

  it("has regions of one person", async () => {
    const kit = await open();
    const [a, b] = [await test.createUser({ name: "Ann" }), await test.createUser({ name: "Bob" })];
    const [ann, bob] = [test.client.as(a), test.client.as(b)];
    await ann.get("/mine");
    await bob.get("/mine");
    const [anns, bobs] = [await ann.listen(), await bob.listen()];

    await add("1", "for Ann", a.id);
    await kit.live.settled();
    await add("2", "for Bob", b.id);

    expect((await anns.next()).data).toContain("for Ann");
    expect((await bobs.next()).data).toContain("for Bob");
  });

  it("refuses to draw the viewer, what nobody may see, and what no part lists", async () => {
    await open();

    const answers = await Promise.all(["/leak", "/closed", "/unlisted"].map((path) => test.client.request(path)));

    expect(answers.map(({ status }) => status)).toEqual([500, 403, 500]);
    expect(await answers[0]?.text()).toContain("LIVE_READS_VIEWER");
    expect(await answers[2]?.text()).toContain("LIVE_REGION_UNLISTED");
  });

  it("updates regions that show something outside of the database", async () => {
    const kit = await open();
    await add("1", "one");
    await test.client.get("/lists/a");
    await test.client.listen();
    await kit.live.settled();
    loads = 0;

    await kit.live.changed(ItemList, { list: "b" });
    await kit.live.settled();
    expect(loads).toBe(0);
    await kit.live.changed(ItemList, { list: "a" });
    await kit.live.settled();
    expect(loads).toBe(1);
    await kit.live.changed(ItemList);
    await kit.live.settled();
    expect(loads).toBe(2);
  });

  it("refuses what wasn't signed, and fetches pages again that show what is gone", async () => {
    await open();
    const { text } = await test.client.get("/lists/a");
    const [, token = "", at = ""] = /data-live="([^"]+)" data-live-at="([^"]+)"/.exec(text) ?? [];

    const answers = await Promise.all(
      [`${token.replace(/^./, "x")}~${at}`, `${token}~x`, token].map((region) =>
        test.client.request(`/events?live=${encodeURIComponent(region)}`),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400]);
  });
});

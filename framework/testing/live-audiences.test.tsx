import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import { Hono } from "hono";
import { html } from "hono/html";
import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Database,
  everybody,
  type Generated,
  type Html,
  live,
  type Part,
  type Private,
  RequireLogin,
  seal,
  silentLogger,
  wire,
} from "../index.ts";
import { createMemoryBus, MemoryBackplane } from "../sse/index.ts";
import { createScratchDatabase } from "../test-support/scratch-database.ts";
import { services } from "../test-support/services.ts";
import { createTestKit, type TestConfig, type TestKit } from "./create-test-kit.ts";

interface TicketTable {
  id: Generated<number>;
  title: string;
  note: Private<string | null, "staff">;
}
type Shown = { tickets: TicketTable; helpers: { user_id: string } };
const shown = (db: Database) => db.withTables<Shown>();

type Note = ReturnType<typeof seal<TicketTable["note"], "staff">>;
/** How `Careless` shows a note. */
let carelessly: (note: Note) => Html | Promise<Html> = () => null;

const load = async ({ db }: { readonly db: Database }) => {
  const tickets = await shown(db).selectFrom("tickets").selectAll().orderBy("id").execute();
  return tickets.map(({ id, title, note }) => ({ id, title, note: seal(note, "staff") }));
};

/** Staff are those with a role, and helpers. */
const Tickets = live({
  name: "tickets",
  audiences: ["staff", "guest"],
  grant: async (c) => {
    const { user, kit } = c.var;
    if (!user) return false;
    if (user.role === "staff") return "staff";
    const helper = await shown(kit.db).selectFrom("helpers").select("user_id").where("user_id", "=", user.id).execute();
    return helper.length > 0 ? "staff" : "guest";
  },
  load,
  render: (tickets, { reveal }) => (
    <ul>
      {tickets.map(({ id, title, note }) => (
        <li id={`ticket-${id}`}>
          {title} <i>{reveal(note)}</i>
        </li>
      ))}
    </ul>
  ),
});

const Careless = live({
  name: "careless",
  audiences: ["staff", "guest"],
  grant: () => "staff",
  load,
  render: ([ticket]) => (ticket ? carelessly(ticket.note) : null),
});

const Titles = live({
  name: "titles",
  params: z.object({ like: z.string() }),
  grant: everybody,
  load: ({ db }, { like }) =>
    shown(db).selectFrom("tickets").select(["id", "title"]).where("title", "like", like).orderBy("id").execute(),
  render: (tickets) => <p>{tickets.map(({ title }) => title).join()}</p>,
});

const part: Part = {
  name: "tickets",
  live: [Tickets, Careless, Titles],
  mount(app) {
    app.get("/", RequireLogin, (c) => c.render(<Tickets />, { title: "Tickets" }));
    app.get("/careless", (c) => c.render(<Careless />, { title: "Careless" }));
    app.get("/titles", (c) => c.render(<Titles like="%" />, { title: "Titles" }));
  },
};

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openNode(config: TestConfig = {}): Promise<TestKit> {
  const node = await createTestKit(async (given) => {
    const app = new Hono();
    return { app, kit: await wire(app, { ...given, parts: [part] }) };
  }, config);
  opened.push(() => node.close());
  return node;
}

async function createTables({ kit }: TestKit): Promise<void> {
  const { schema } = kit.db;
  await schema
    .createTable("tickets")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("title", "text")
    .addColumn("note", "text")
    .execute();
  await schema.createTable("helpers").addColumn("user_id", "varchar(36)").execute();
  await shown(kit.db).insertInto("tickets").values({ id: 1, title: "Printer", note: "rude" }).execute();
  await kit.live.settled();
}

const rename = ({ kit }: TestKit, title: string) =>
  shown(kit.db).updateTable("tickets").set({ title }).where("id", "=", 1).execute();

describe("what load has sealed", () => {
  it("is in the pages and updates of its audience alone", async () => {
    const node = await openNode();
    await createTables(node);
    const [ann, bob] = [
      node.client.as(await node.createUser({ name: "Ann", role: "staff" })),
      node.client.as(await node.createUser({ name: "Bob" })),
    ];
    expect((await ann.get("/")).text).toContain("rude");
    expect((await bob.get("/")).text).not.toContain("rude");
    const [anns, bobs] = [await ann.listen(), await bob.listen()];

    await shown(node.kit.db).updateTable("tickets").set({ title: "Scanner", note: "ruder" }).execute();

    expect((await anns.next()).data).toContain("Scanner <i>ruder</i>");
    expect((await bobs.next()).data).toContain("Scanner <i></i>");
  });

  it.each<[string, (note: Note) => Html | Promise<Html>]>([
    ["as a child", (note) => <p>{note as unknown as string}</p>],
    ["in a list", (note) => <p>{[note as unknown as string]}</p>],
    ["as an attribute", (note) => <p title={note as unknown as string} />],
    ["as data", (note) => <p data-note={note} />],
    ["in a text", (note) => <p>{`Note: ${note}`}</p>],
    ["as text", (note) => <p>{String(note)}</p>],
    ["in a template", (note) => html`<p>${note}</p>`],
    ["as an attribute in a template", (note) => html`<p title="${note}"></p>`],
    ["as JSON", (note) => <p data-ticket={JSON.stringify({ id: 1, note })} />],
  ])("can't be shown without reveal: %s", async (_, show) => {
    const node = await openNode();
    await createTables(node);
    carelessly = show;

    const response = await node.client.request("/careless");

    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain("LIVE_PRIVATE_SHOWN");
    expect(text).not.toContain("rude");
  });
});

describe("rows that another program writes", () => {
  it("are shown after kit.live.changed on SQLite", async () => {
    const folder = mkdtempSync(join(tmpdir(), "live-audiences-"));
    opened.push(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "app.db");
    const node = await openNode({ databaseUrl: `sqlite:${path}` });
    await createTables(node);
    const program = new SQLite(path);

    await expectShown(node, async (statement) => void program.exec(statement));

    program.close();
  });

  it.skipIf(services.postgres === null)("are shown after kit.live.changed on PostgreSQL", async () => {
    const scratch = await createScratchDatabase(services.postgres ?? "");
    opened.push(() => scratch.drop());
    const node = await openNode({ databaseUrl: scratch.url });
    await createTables(node);
    const program = new Client({ connectionString: scratch.url });
    await program.connect();

    await expectShown(node, async (statement) => void (await program.query(statement)));

    await program.end();
  });

  async function expectShown({ client, kit }: TestKit, write: (statement: string) => Promise<void>): Promise<void> {
    await client.get("/titles");
    const page = await client.listen();
    await kit.live.settled();

    await write("insert into tickets (id, title) values (2, 'Scanner')");
    await kit.live.settled();
    expect(kit.live.stats().updates).toBe(0);
    await kit.live.changed(Titles, { like: "%" });

    expect((await page.next()).data).toContain("<p>Printer,Scanner</p>");
    await write("update tickets set title = 'Plotter' where id = 2");
    await kit.live.changed(Titles);
    expect((await page.next()).data).toContain("<p>Printer,Plotter</p>");
    await write("delete from tickets where id = 1");
    await kit.live.changedAnything();
    expect((await page.next()).data).toContain("<p>Plotter</p>");
  }
});

describe("somebody who may see less from now on, on another node", () => {
  async function openNodes(): Promise<readonly [TestKit, TestKit]> {
    const folder = mkdtempSync(join(tmpdir(), "live-audiences-"));
    opened.push(() => rmSync(folder, { recursive: true }));
    const bus = createMemoryBus();
    const open = () =>
      openNode({
        databaseUrl: `sqlite:${join(folder, "app.db")}`,
        sse: { backplane: new MemoryBackplane(bus) },
        log: silentLogger,
      });
    const [here, there] = [await open(), await open()];
    await createTables(here);
    await there.kit.live.settled();
    return [here, there];
  }

  it("sees the frames of others from the next one on, in mid-stream and within a second", async () => {
    const [here, there] = await openNodes();
    const ann = await here.createUser({ name: "Ann" });
    await shown(here.kit.db).insertInto("helpers").values({ user_id: ann.id }).execute();
    const page = there.client.as(ann);
    expect((await page.get("/")).text).toContain("rude");
    const frames: string[] = [];
    let reconnects = -1;
    const reading = (async () => {
      while (!frames.some((frame) => frame.includes("write 39"))) {
        const events = await page.listen();
        reconnects += 1;
        for (let isOpen = true; isOpen; ) {
          const frame = await events.next().catch(() => undefined);
          if (frame) frames.push(frame.data);
          isOpen = frame !== undefined && !frame.data.includes("write 39");
        }
      }
    })();

    for (let count = 0; count < 40; count += 1) {
      await rename(here, `write ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (count !== 19) continue;
      await here.kit.db.transaction().execute(async () => {
        await shown(here.kit.db).deleteFrom("helpers").execute();
        await here.kit.live.reauthorize(Tickets);
      });
    }
    await reading;

    const numbered = frames.map((frame) => ({ frame, write: Number(/write (\d+)/.exec(frame)?.[1] ?? -1) }));
    const [before, after] = [numbered.filter(({ write }) => write < 20), numbered.filter(({ write }) => write >= 20)];
    expect(before.some(({ frame }) => frame.includes("rude"))).toBe(true);
    expect(after.filter(({ frame }) => frame.includes("rude"))).toEqual([]);
    expect(reconnects).toBe(1);
  });

  it("is asked again after a change of role, which ends the session and its streams within a second", async () => {
    const [here, there] = await openNodes();
    const ann = await here.createUser({ name: "Ann", role: "staff" });
    const page = there.client.as(ann);
    expect((await page.get("/")).text).toContain("rude");
    const events = await page.listen();
    const startedAt = performance.now();

    await here.kit.auth.changeRole(ann.id, "member");
    await rename(here, "Scanner");

    await expect(events.next()).rejects.toMatchObject({ code: "TESTING_STREAM_ENDED" });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect((await page.request("/")).headers.get("Location")).toContain("/login");
    const again = await there.client.as(ann).get("/");
    expect(again.text).toContain("Scanner");
    expect(again.text).not.toContain("rude");
  });

  it("is asked again when the app asks for it by user", async () => {
    const [here, there] = await openNodes();
    const ann = await here.createUser({ name: "Ann" });
    await shown(here.kit.db).insertInto("helpers").values({ user_id: ann.id }).execute();
    const page = there.client.as(ann);
    await page.get("/");
    const events = await page.listen();

    await shown(here.kit.db).deleteFrom("helpers").execute();
    await here.kit.broker.reauthorize({ user: ann.id });
    await rename(here, "Scanner");

    await expect(events.next()).rejects.toMatchObject({ code: "TESTING_STREAM_ENDED" });
    there.clock.advance(1);
    const { data } = await (await page.listen()).next();
    expect(data).toContain("Scanner");
    expect(data).not.toContain("rude");
  });
});

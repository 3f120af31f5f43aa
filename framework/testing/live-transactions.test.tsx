import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { type Database, everybody, live, type Part, sql, wire } from "../index.ts";
import { createScratchDatabase } from "../test-support/scratch-database.ts";
import { services } from "../test-support/services.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";

const notes = (db: Database) => db.withTables<{ live_notes: { text: string } }>();

const Notes = live({
  name: "notes",
  grant: everybody,
  reads: ["live_notes"],
  // By hand, because SQLite has another handle for what Kysely knows to be a query.
  load: async ({ db }) => (await sql<{ text: string }>`select text from live_notes order by text`.execute(db)).rows,
  render: (rows) => <p>Notes: {rows.map(({ text }) => text).join(", ")}.</p>,
});

const part: Part = {
  name: "notes",
  live: [Notes],
  mount(app, { db }) {
    app.get("/notes", (c) => c.render(<Notes />, { title: "Notes" }));
    app.get("/inside/:text", async (c) => {
      let response: Response | undefined;
      const transaction = db.transaction().execute(async () => {
        await notes(db)
          .insertInto("live_notes")
          .values({ text: c.req.param("text") })
          .execute();
        response = await c.render(<Notes />, { title: "Notes" });
        if (c.req.query("fails")) throw new RangeError("rolled back");
      });
      await transaction.catch(() => undefined);
      return response ?? c.text("no page", 500);
    });
  },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(server: string): Promise<TestKit> {
  const scratch = server === ":memory:" ? undefined : await createScratchDatabase(server);
  if (scratch) closing.push(scratch.drop);
  const test = await createTestKit(
    async (config) => {
      const app = new Hono();
      return { app, kit: await wire(app, { ...config, parts: [part] }) };
    },
    { databaseUrl: scratch?.url ?? "sqlite::memory:" },
  );
  closing.push(test.close);
  await test.kit.db.schema.createTable("live_notes").addColumn("text", "varchar(40)").execute();
  await test.kit.live.settled();
  return test;
}

const servers = [
  { name: "SQLite in memory", server: ":memory:" },
  { name: "SQLite in a file", server: "sqlite:" },
  { name: "PostgreSQL", server: services.postgres },
  { name: "MySQL or MariaDB", server: services.mysql },
].flatMap(({ name, server }) => (server === null ? [] : [{ name, server }]));

describe.each(servers)("a live region that is rendered inside of a transaction, on $name", ({ server }) => {
  it("shows what the transaction has written, and is told nothing when it is committed", async () => {
    const { client, kit } = await open(server);
    const { text } = await client.get("/inside/one");
    const page = await client.listen();

    await notes(kit.db).insertInto("live_notes").values({ text: "two" }).execute();

    expect(text).toContain("Notes: one.");
    expect((await page.next()).data).toContain("Notes: one, two.");
  });

  it("is corrected when the transaction is rolled back, and shows nobody else what was in it", async () => {
    const { client, createClient } = await open(server);
    const { text } = await client.get("/inside/ghost?fails=1");
    const other = createClient();

    const page = await client.listen();
    const otherText = (await other.get("/notes")).text;

    expect(text).toContain("Notes: ghost.");
    expect((await page.next()).data).toContain("Notes: .");
    expect(otherText).toContain("Notes: .");
  });
});

import { Hono } from "hono";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { RequireLogin } from "../auth/index.ts";
import { type Logger, silentLogger } from "../base/index.ts";
import { columnsFor, type Database, sql } from "../db/index.ts";
import { readForm, readQuery } from "../forms/index.ts";
import { createScratchDatabase } from "../test-support/scratch-database.ts";
import { services } from "../test-support/services.ts";
import { createTestKit, type TestClient } from "../testing/index.ts";
import { createKit } from "./create-kit.ts";
import type { Config } from "./settings/config.ts";

type Notes = {
  readonly notes: { id: string; number: number; title: string };
};

const note = z.object({ title: z.string() });

/** An app that trusts its visitors: nothing in its schemas fits the columns. */
async function createNotesApp(config: Config) {
  const app = new Hono();
  const kit = await createKit(app, config);
  const db = kit.db.withTables<Notes>();
  await createNotes(kit.db);
  const insert = (title: string, number = 1) =>
    db.insertInto("notes").values({ id: title.slice(0, 36), number, title });
  app.get("/notes/:id", RequireLogin, async (c) => {
    const found = await db.selectFrom("notes").selectAll().where("id", "=", c.req.param("id")).executeTakeFirst();
    return found ? c.json(found) : c.notFound();
  });
  app.get("/numbers/:number", async (c) => {
    const number = Number(c.req.param("number"));
    const found = await db.selectFrom("notes").selectAll().where("number", "=", number).executeTakeFirst();
    return found ? c.json(found) : c.notFound();
  });
  app.get("/search", async (c) => {
    const query = await readQuery(c, note);
    return c.text(query.ok ? query.data.title : "-");
  });
  app.get("/cookie", async (c) => {
    const title = decodeURIComponent(c.req.header("Cookie")?.split("=")[1] ?? "");
    await insert(title).execute();
    return c.text("stored");
  });
  app.post("/notes", async (c) => {
    const form = await readForm(c, note);
    if (form.ok) await insert(form.data.title).execute();
    return c.text("stored", form.ok ? 200 : 422);
  });
  app.post("/own", async (c) => {
    const { title, number } = await c.req.json();
    await insert(title, number).execute();
    return c.text("stored");
  });
  return { app, kit };
}

async function createNotes(db: Database): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("notes")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("number", column.integer, (number) => number.notNull())
    .addColumn("title", column.string(200), (title) => title.notNull())
    .execute();
}

/** The status of each request, and what was logged as an error. */
async function open(serverUrl: string) {
  const { url, drop } = await createScratchDatabase(serverUrl);
  const errors: unknown[] = [];
  const log: Logger = { ...silentLogger, error: (facts) => void errors.push(facts) };
  const test = await createTestKit(createNotesApp, { databaseUrl: url, log, worker: false });
  onTestFinished(async () => {
    await test.close();
    await drop();
  });
  const client = test.client.as(await test.createUser({ name: "Ann" }));
  return { client, errors, db: test.kit.db };
}

const form = (body: BodyInit) => ({ method: "POST", body });
const json = (value: unknown) => ({
  method: "POST",
  body: JSON.stringify(value),
  headers: { "Content-Type": "application/json" },
});

function files(name: string): FormData {
  const data = new FormData();
  data.append("title", "a file");
  data.append("file", new File(["text"], name));
  return data;
}

const requests: readonly (readonly [path: string, status: number, init?: RequestInit])[] = [
  ["/notes/%00", 404],
  ["/notes/a%00b?x=1", 404],
  ["/%00", 404],
  ["/assets/%00.css", 404],
  ["/account/sessions/%00/revoke", 404, form(new URLSearchParams())],
  ["/search?title=a%00b", 400],
  ["/login?next=%00", 400],
  ["/events?topic=%00", 400],
  ["/notes/%ff%c0%80", 404],
  ["/notes/%ED%A0%80", 404],
  ["/numbers/NaN", 404],
  ["/numbers/Infinity", 404],
  ["/numbers/99999999999999999999", 404],
  ["/numbers/1.5", 404],
  ["/notes", 400, form(new URLSearchParams({ title: "a\0b" }))],
  ["/notes", 400, form(new URLSearchParams({ "ti\0tle": "a" }))],
  ["/notes", 400, json({ title: "a\0b" })],
  ["/notes", 400, json({ title: "a", deep: [{ "\0": 1 }] })],
  ["/notes", 400, form(files("a\0.txt"))],
  ["/login", 400, form(new URLSearchParams({ email: "a\0@example.com", password: "a" }))],
  ["/own", 422, json({ title: "a\0b", number: 1 })],
  ["/cookie", 422, { headers: { Cookie: "title=a%00b" } }],
  ["/notes", 200, json({ title: "half a pair \ud83d" })],
];

const statusesOf = async (client: TestClient, wanted: typeof requests) => {
  const found: [path: string, status: number][] = [];
  for (const [path, , init] of wanted) found.push([path, (await client.request(path, init)).status]);
  return found;
};

function describeOn(name: string, serverUrl: string): void {
  describe(`what no database can hold, on ${name}`, () => {
    it("is the visitor's mistake, in paths, queries, forms, JSON and cookies, and nothing for the log of errors", async () => {
      const { client, errors } = await open(serverUrl);

      const found = await statusesOf(client, requests);

      expect(found).toEqual(requests.map(([path, status]) => [path, status]));
      expect(errors).toEqual([]);
    });

    it("is the visitor's mistake too where a column can't hold it", async () => {
      const { client, errors } = await open(serverUrl);

      const found = await statusesOf(client, [
        ["/notes", 422, form(new URLSearchParams({ title: "x".repeat(201) }))],
        ["/own", 422, json({ title: "far", number: 99_999_999_999 })],
        ["/own", 422, json({ title: "text", number: "many" })],
      ]);

      expect(found.map(([, status]) => status)).toEqual([422, 422, 422]);
      expect(errors).toEqual([]);
    });

    it("leaves nothing of it in the table", async () => {
      const { client, db } = await open(serverUrl);

      await client.request("/notes", form(new URLSearchParams({ title: "a\0b" })));
      await client.request("/own", json({ title: "a\0b", number: 1 }));

      const { rows } = await sql<{ count: number }>`select count(*) as count from notes`.execute(db);
      expect(rows).toEqual([{ count: 0 }]);
    });
  });
}

describeOn("SQLite", "sqlite:");

describe.skipIf(services.postgres === null)("with a PostgreSQL server", () => {
  describeOn("PostgreSQL", services.postgres ?? "");
});

describe.skipIf(services.mysql === null)("with a MySQL server", () => {
  describeOn("MySQL or MariaDB", services.mysql ?? "");
});

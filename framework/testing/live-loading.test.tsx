import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everybody, live, type Part, silentLogger, sql, wire } from "../index.ts";
import { createTestKit, type TestKit } from "./create-test-kit.ts";

let test: TestKit;
let errors: unknown[];
let fails = false;
let loads: Record<string, number>;

/** A region that reads with SQL written by hand. */
function define(name: string, options: { readonly reads?: readonly string[]; readonly everyMs?: number } = {}) {
  return live({
    name,
    grant: everybody,
    ...options,
    async load({ db }) {
      loads[name] = (loads[name] ?? 0) + 1;
      if (fails) throw new RangeError("The database is tired.");
      return (await sql<{ text: string }>`select text from live_rows order by text`.execute(db)).rows;
    },
    render: (rows) => <p>{rows.map(({ text }) => text).join(", ")}</p>,
  });
}

const [Said, Unsaid, Slow] = [
  define("said", { reads: ["live_rows"] }),
  define("unsaid"),
  define("slow", { reads: ["live_rows"], everyMs: 400 }),
];

const part: Part = {
  name: "rows",
  live: [Said, Unsaid, Slow],
  mount(app) {
    app.get("/said", (c) => c.render(<Said />, { title: "Rows" }));
    app.get("/unsaid", (c) => c.render(<Unsaid />, { title: "Rows" }));
    app.get("/slow", (c) => c.render(<Slow />, { title: "Rows" }));
  },
};

beforeEach(async () => {
  fails = false;
  errors = [];
  loads = {};
  test = await createTestKit(
    async (config) => {
      const app = new Hono();
      return { app, kit: await wire(app, { ...config, parts: [part] }) };
    },
    { log: { ...silentLogger, error: (_, text) => void errors.push(text) } },
  );
  const { schema } = test.kit.db;
  for (const table of ["live_rows", "live_others"]) await schema.createTable(table).addColumn("text", "text").execute();
  await test.kit.live.settled();
});

afterEach(() => test.close());

const add = (text: string, table = "live_rows") =>
  sql`insert into ${sql.table(table)} (text) values (${text})`.execute(test.kit.db);

describe("loading live regions", () => {
  it("follows the tables that a region says it reads, and all tables if it doesn't say and can't be seen", async () => {
    await test.client.get("/said");
    await test.client.listen();
    const other = test.createClient();
    await other.get("/unsaid");
    await other.listen();
    await test.kit.live.settled();
    loads = {};

    await add("x", "live_others");
    await test.kit.live.settled();
    expect(loads).toEqual({ unsaid: 1 });

    await add("x");
    await test.kit.live.settled();
    expect(loads).toEqual({ said: 1, unsaid: 2 });
  });

  it("keeps what pages show while it fails, says so once, and tries again", async () => {
    await test.client.get("/said");
    const page = await test.client.listen();
    await test.kit.live.settled();

    fails = true;
    await add("one");
    await expect.poll(() => loads.said).toBeGreaterThanOrEqual(3);
    expect(errors).toEqual(["a live region couldn't be updated; its pages keep what they show"]);
    fails = false;

    expect((await page.next({ timeoutMs: 10_000 })).data).toContain("one");
  });

  it("rests after a change, and then shows what came in between", async () => {
    await test.client.get("/slow");
    const page = await test.client.listen();
    await test.kit.live.settled();
    loads = {};

    const startedAt = performance.now();
    await add("row 1");
    await page.next();
    await test.kit.db.transaction().execute(async () => {
      for (let count = 2; count <= 9; count += 1) await add(`row ${count}`);
    });
    const { data } = await page.next();

    expect(data).toContain("row 9");
    expect(performance.now() - startedAt).toBeGreaterThan(390);
    expect(loads).toEqual({ slow: 2 });
  });
});

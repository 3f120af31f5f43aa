import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  columnsFor,
  configFromEnvironment,
  everybody,
  type Kit,
  live,
  serve,
  serveOptionsFromEnvironment,
  startSSE,
  stopOnSignals,
  wire,
} from "buffkit";
import { Hono } from "hono";
import { html } from "hono/html";
import { jsx } from "hono/jsx";
import { z } from "zod";

declare module "buffkit" {
  interface Tables {
    fault_rows: { n: number; half: number };
    fault_done: { n: number };
  }
}

// A small server for the fault tests: it writes numbered rows, runs numbered jobs, sends mail and reports its event loop delay.
const { FAULT_HEARTBEAT_MS, FAULT_MANY_STREAMS } = process.env;
let diesUntold = false;
const Rows = live({
  name: "rows",
  grant: everybody,
  load: ({ db }) => db.selectFrom("fault_rows").select("n").where("half", "=", 1).orderBy("n").execute(),
  render: (rows) => html`<b>rows: ${rows.map(({ n }) => n).join()}</b>`,
});
const app = new Hono();
const kit = await wire(app, {
  ...configFromEnvironment(process.env),
  root: process.env.FAULT_FOLDER ?? ".",
  migrate: true,
  jobs: { leaseMs: 1000, pollMs: 100 },
  secure: { csrfExempt: { faults: "/faults/*" } },
  sse: {
    // All streams of a crowd come from one address.
    ...(FAULT_MANY_STREAMS ? { limits: { connectionsPerAddress: Number.POSITIVE_INFINITY } } : {}),
    ...(FAULT_HEARTBEAT_MS ? { heartbeatMs: Number(FAULT_HEARTBEAT_MS) } : {}),
  },
  database: {
    // Called before anybody is told of the commit.
    onQuery: ({ query }) => {
      if (diesUntold && query.sql === "commit") process.kill(process.pid, "SIGKILL");
    },
  },
  parts: [
    {
      name: "rows",
      live: [Rows],
      mount(part) {
        part.get("/faults/shown", (c) => c.render(jsx(Rows, {}), { title: "Rows" }));
      },
    },
  ],
});
await createTables(kit);
const lag = monitorEventLoopDelay({ resolution: 5 });
lag.enable();

const numbered = z.object({ n: z.number() });
kit.jobs.define("note", {
  schema: numbered,
  attempts: 20,
  backoff: { baseMs: 100, factor: 1.5, maxMs: 1000 },
  handler: async ({ n }) => {
    await kit.db.insertInto("fault_done").values({ n }).execute();
  },
});
kit.jobs.define("slow", {
  schema: numbered,
  handler: async ({ n }) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await kit.db.insertInto("fault_done").values({ n }).execute();
  },
});

app.get("/faults/ping", (c) => c.text("pong"));
app.post("/faults/rows/:n", async (c) => {
  const n = Number(c.req.param("n"));
  // Two rows, so that a partial transaction would show.
  await kit.db.transaction().execute(async (trx) => {
    await trx.insertInto("fault_rows").values({ n, half: 1 }).execute();
    await trx.insertInto("fault_rows").values({ n, half: 2 }).execute();
  });
  return c.text("written", 201);
});
app.post("/faults/die-untold", (c) => {
  diesUntold = true;
  return c.text("dies with the next commit");
});
app.get("/faults/loads", (c) => c.json(kit.live.stats().loads));
app.get("/faults/rows", async (c) => c.json(await kit.db.selectFrom("fault_rows").selectAll().execute()));
app.post("/faults/jobs/:name/:n", async (c) => {
  await kit.jobs.enqueue(c.req.param("name"), { n: Number(c.req.param("n")) });
  return c.text("enqueued", 202);
});
app.get("/faults/done", async (c) => {
  const rows = await kit.db.selectFrom("fault_done").select("n").execute();
  return c.json(rows.map(({ n }) => n));
});
app.get("/faults/running", async (c) => c.json((await kit.jobs.stats()).totals.running));
app.post("/faults/mail", async (c) => {
  await kit.mail.sendLater({ to: "ann@example.com", subject: "Kept", text: "through the night" });
  return c.text("on its way", 202);
});
app.post("/faults/broadcast/:n", async (c) => {
  await kit.broker.broadcast("number", c.req.param("n"), { to: everybody });
  return c.text("told", 202);
});
app.get("/faults/ticks", (c) => {
  const writer = startSSE(c);
  writer.sendEvent({ event: "tick", data: "1" });
  return writer.response;
});
app.get("/faults/stuck", () => new Promise<never>(() => undefined));
app.post("/faults/crash", (c) => {
  setTimeout(() => {
    throw new RangeError("crashed on purpose");
  });
  return c.text("crashing", 202);
});
app.get("/faults/lag", (c) => {
  const found = { p99Ms: lag.percentile(99) / 1e6, maxMs: lag.max / 1e6 };
  lag.reset();
  return c.json(found);
});

const server = await serve(app, kit, serveOptionsFromEnvironment(process.env));
stopOnSignals(server, kit.log);
process.stdout.write(kit.banner(server.url));

async function createTables({ db }: Kit): Promise<void> {
  // Another server may have pages open, which a change of the structure would update.
  const tables = await db.introspection.getTables();
  if (tables.some(({ name }) => name === "fault_done")) return;
  const column = columnsFor(db);
  await db.schema
    .createTable("fault_rows")
    .ifNotExists()
    .addColumn("n", column.integer, (n) => n.notNull())
    .addColumn("half", column.integer, (half) => half.notNull())
    .addPrimaryKeyConstraint("fault_rows_pk", ["n", "half"])
    .execute();
  await db.schema
    .createTable("fault_done")
    .ifNotExists()
    .addColumn("n", column.integer, (n) => n.notNull())
    .execute();
}

/** Everybody looks at one table of 100 rows, of which one changes at a time; the option says how the pages learn of it. */
import { setTimeout as sleep } from "node:timers/promises";
import { everybody } from "buffkit";
import { Hono } from "hono";
import { silentLogger } from "../../framework/base/index.ts";
import { serve } from "../../framework/kit/index.ts";
import { wire } from "../../framework/wire.ts";
import { benchRoot } from "../harness/paths.ts";
import { announce } from "./announce.ts";
import { type BroadcastRequest, parseBroadcastRequest } from "./broadcast-request.ts";
import { measureRun, type RunFigures } from "./live/measured-run.ts";
import { initialRow, type Row, RowView, rowCount } from "./live/rows.tsx";
import { rowsIn, rowsPart } from "./live/rows-part.tsx";
import { pageRefresh, polling, renderAndDiff } from "./live/viewer-models.tsx";

const isByHand = process.argv.includes("--by-hand");
const app = new Hono();
const kit = await wire(app, {
  appUrl: "http://localhost",
  authSecret: "a-secret-of-the-benchmark-and-of-nothing-else",
  databaseUrl: "sqlite::memory:",
  log: silentLogger,
  mail: "log",
  root: benchRoot,
  parts: [rowsPart],
  // All streams come from one IP address, and posts from programs.
  sse: { gzip: true, limits: { connectionsPerAddress: Number.POSITIVE_INFINITY } },
  secure: { hosts: ["localhost", "127.0.0.1"], csrfExempt: { trigger: "/go", model: "/go/model", polling: "/poll" } },
});
await kit.db.schema
  .createTable("bench_rows")
  .addColumn("id", "integer", (column) => column.primaryKey())
  .addColumn("title", "text")
  .addColumn("owner", "text")
  .addColumn("state", "text")
  .execute();
const rows = Array.from({ length: rowCount }, (_, id) => initialRow(id));
await rowsIn(kit.db).insertInto("bench_rows").values(rows).execute();

const models = {
  "--page-refresh": pageRefresh(app),
  "--polling": polling(app),
  "--render-and-diff": renderAndDiff(),
};
const [model] = Object.entries(models).flatMap(([option, each]) => (process.argv.includes(option) ? [each] : []));
let figures: RunFigures | null = null;

app.post("/go", (c) => {
  const request = parseBroadcastRequest(c.req.url);
  figures = null;
  void measureRun(kit, request.events, () => drive(request)).then((found) => (figures = found));
  return c.body(null, 202);
});

/** The figures of the last run; null while it lasts. */
app.get("/figures", (c) => c.json(figures));

/** What a model needs for some changes with some viewers. */
app.post("/go/model", async (c) => {
  const [viewers, changes] = [Number(c.req.query("viewers")), Number(c.req.query("changes"))];
  const work = async () => {
    for (let change = 0; change < changes; change += 1) {
      await changeRow(change);
      for (let viewer = 0; viewer < viewers; viewer += 1) await model?.(viewer, rows);
    }
  };
  return c.json(await measureRun(kit, changes, work));
});

async function drive({ events, rate }: BroadcastRequest): Promise<void> {
  const startedAt = performance.now();
  for (let change = 0; change < events; change += 1) {
    const waitMs = startedAt + (change / rate) * 1000 - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    await changeRow(change % rowCount);
  }
}

/** The title says when it was written, for the load client. */
async function changeRow(id: number): Promise<void> {
  const row: Row = { ...initialRow(id), title: `t=${process.hrtime.bigint()}; Ticket ${id}` };
  rows[id] = row;
  await kit.db.transaction().execute(async () => {
    await rowsIn(kit.db).updateTable("bench_rows").set({ title: row.title }).where("id", "=", id).execute();
    if (isByHand) await kit.broker.broadcastHTML(<RowView {...row} />, { target: `#row-${id}`, to: everybody });
  });
}

const server = await serve(app, kit, { port: 0, graceMs: 1000 });
announce(server.port);

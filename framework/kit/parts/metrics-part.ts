import type { Context } from "hono";
import type { Registry } from "prom-client";
import { isSameSecret } from "../../base/index.ts";
import { noteRefusal } from "../../secure/index.ts";
import { metricsClientMissing } from "../errors.ts";
import type { Kit } from "../kit.ts";
import type { Part } from "../part.ts";
import type { MetricsConfig } from "../settings/config.ts";

/** `GET /metrics` in the Prometheus text format: streams, deliveries, lag, jobs. Not mounted unless configured. */
export function metricsPart(config: MetricsConfig | undefined): Part {
  return {
    name: "metrics",
    async mount(app, kit) {
      if (!config) return;
      const { Registry } = await loadClient();
      app.get("/metrics", async (c) => {
        const { token } = config;
        if (token !== undefined && !isSameSecret(c.req.header("Authorization") ?? "", `Bearer ${token}`))
          return unauthorized(c);
        const registry = new Registry();
        await register(registry, kit);
        return c.body(await registry.metrics(), 200, { "Content-Type": registry.contentType });
      });
    },
  };
}

function unauthorized(c: Context): Response {
  noteRefusal(c, { reason: "wrong token for the metrics", facts: { address: c.get("clientAddress") } });
  return c.text("Unauthorized\n", 401);
}

/** An optional package: few apps want metrics. */
async function loadClient(): Promise<typeof import("prom-client")> {
  try {
    return await import("prom-client");
  } catch (cause) {
    throw metricsClientMissing({ cause });
  }
}

/** Each scrape has a registry of its own, so that all of its values come from one reading of the broker and one of the jobs. */
async function register(registry: Registry, kit: Kit): Promise<void> {
  const { Counter, Gauge } = await loadClient();
  const registers = [registry];
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name: `buffkit_${name}`, help, registers }).set(value);
  const counter = (name: string, help: string, value: number) =>
    new Counter({ name: `buffkit_${name}`, help, registers }).inc(value);
  const streams = kit.broker.stats();
  gauge("sse_connections", "Open streams", streams.connections);
  gauge("sse_writers", "Open streams of startSSE", streams.writers);
  counter("sse_opened_total", "Streams opened since startup", streams.opened);
  counter("sse_refused_total", "Streams refused since startup", streams.refused);
  counter("sse_broadcasts_total", "Broadcasts since startup", streams.broadcasts);
  counter("sse_deliveries_total", "Events delivered to streams since startup", streams.deliveries);
  counter("sse_bytes_total", "Bytes delivered to streams since startup", streams.bytes);
  gauge("sse_flush_events", "Average events per flush", streams.flushSize);
  gauge("sse_lag_max", "Broadcasts that the slowest stream is behind", streams.lag.max);
  gauge("sse_lag_p99", "Broadcasts that 99% of streams are behind at most", streams.lag.p99);
  counter("sse_resyncs_total", "Streams told to reload because they missed events", streams.resets);
  counter("sse_replaced_total", "Broadcasts that a newer one with the same key replaced", streams.replaced);
  gauge("sse_backplane_up", "1 while the backplane is reachable, else 0", streams.backplane === "up" ? 1 : 0);
  gauge("sse_waiting_messages", "Messages that wait for the backplane", streams.waiting.messages);
  gauge("sse_waiting_bytes", "Bytes in memory of the messages that wait for the backplane", streams.waiting.bytes);
  const database = kit.db.stats();
  gauge("database_up", "1 while the database responds, else 0", database.state === "up" ? 1 : 0);
  gauge("database_connections_in_use", "Connections to the database server that are in use", database.inUse);
  gauge("database_waiting", "Queries and transactions that wait for a connection", database.waiting);
  // Without the store of the jobs, what is known of the streams matters all the more.
  const jobs = await kit.jobs.stats().catch(() => undefined);
  gauge("jobs_reachable", "1 while the store of the jobs responds, else 0", jobs ? 1 : 0);
  if (!jobs) return;
  const { totals } = jobs;
  gauge("jobs_ready", "Jobs waiting for a worker", totals.ready);
  gauge("jobs_running", "Jobs running", totals.running);
  gauge("jobs_dead", "Jobs that failed for good", totals.dead);
}

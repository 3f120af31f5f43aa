import type { Registry } from "prom-client";
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
      const registry = await createRegistry(kit);
      app.get("/metrics", async (c) => {
        if (config.token && c.req.header("Authorization") !== `Bearer ${config.token}`)
          return c.text("Unauthorized\n", 401);
        return c.body(await registry.metrics(), 200, { "Content-Type": registry.contentType });
      });
    },
  };
}

/** An optional package: few apps want metrics. */
async function loadClient(): Promise<typeof import("prom-client")> {
  try {
    return await import("prom-client");
  } catch (cause) {
    throw metricsClientMissing({ cause });
  }
}

async function createRegistry(kit: Kit): Promise<Registry> {
  const { Gauge, Registry } = await loadClient();
  const registry = new Registry();
  const gauge = (name: string, help: string, read: () => number | Promise<number>) => {
    const registers = [registry];
    return new Gauge({
      name: `buffkit_${name}`,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  };
  const stats = () => kit.broker.stats();
  gauge("sse_connections", "Open streams", () => stats().connections);
  gauge("sse_opened_total", "Streams opened since startup", () => stats().opened);
  gauge("sse_refused_total", "Streams refused since startup", () => stats().refused);
  gauge("sse_broadcasts_total", "Broadcasts since startup", () => stats().broadcasts);
  gauge("sse_deliveries_total", "Events delivered to streams since startup", () => stats().deliveries);
  gauge("sse_bytes_total", "Bytes delivered to streams since startup", () => stats().bytes);
  gauge("sse_flush_events", "Average events per flush", () => stats().flushSize);
  gauge("sse_lag_max", "Broadcasts that the slowest stream is behind", () => stats().lag.max);
  gauge("sse_lag_p99", "Broadcasts that 99% of streams are behind at most", () => stats().lag.p99);
  gauge("sse_resyncs_total", "Streams told to reload because they missed events", () => stats().resets);
  gauge("sse_backplane_up", "1 while the backplane is reachable, else 0", () => (stats().backplane === "up" ? 1 : 0));
  gauge("jobs_ready", "Jobs waiting for a worker", async () => (await kit.jobs.stats()).totals.ready);
  gauge("jobs_running", "Jobs running", async () => (await kit.jobs.stats()).totals.running);
  gauge("jobs_dead", "Jobs that failed for good", async () => (await kit.jobs.stats()).totals.dead);
  return registry;
}

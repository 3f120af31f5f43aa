import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "../base/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";
import type { PartApp } from "./part-app.ts";
import { healthPart } from "./parts/health-part.ts";
import { metricsPart } from "./parts/metrics-part.ts";
import { serve } from "./serve.ts";
import type { Config } from "./settings/config.ts";

const opened: Kit[] = [];
afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close();
});

async function start(config: Config = {}): Promise<{ app: Hono; kit: Kit }> {
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const kit = await createKit(app, {
    dev: true,
    authSecret,
    databaseUrl: "sqlite::memory:",
    log: silentLogger,
    ...config,
  });
  opened.push(kit);
  return { app, kit };
}

describe("the operations pages", () => {
  it("report that the process is alive", async () => {
    const { app } = await start();

    expect(await (await app.request("/healthz")).text()).toBe("ok\n");
  });

  it("report that the app is ready, check by check", async () => {
    const { app } = await start();

    const answer = await app.request("/readyz");

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("database: ok\njobs: ok\nmigrations: ok\nstopping: ok\n");
  });

  it("report that the app isn't ready while it is about to stop", async () => {
    const { app, kit } = await start();
    kit.drain();

    const answer = await app.request("/readyz");

    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("stopping: failing");
  });

  it("report that the app isn't ready when a check has no result", async () => {
    const { kit } = await start();
    const app = new Hono();
    // Only the jobs differ from the kit's services: their table doesn't respond.
    const jobs = { engine: "database", stats: () => new Promise(() => {}) };
    const silent = { db: kit.db, migrator: kit.migrator, isDraining: false, jobs } as unknown as Kit;
    await healthPart().mount(app as unknown as PartApp, silent);

    const answer = await app.request("/readyz");

    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("jobs: failing")]);
  });

  it("are answered although Redis, which has the jobs, is away", async () => {
    const { kit } = await start();
    const jobs = { engine: "redis", stats: () => Promise.reject(new Error("away")) };
    const app = new Hono();
    // Only these two of a kit's services differ.
    const away = { db: kit.db, migrator: kit.migrator, broker: kit.broker, isDraining: false, jobs } as unknown as Kit;
    for (const part of [healthPart(), metricsPart({})]) await part.mount(app as unknown as PartApp, away);

    const [ready, metrics] = [await app.request("/readyz"), await app.request("/metrics")];

    expect([ready.status, metrics.status]).toEqual([200, 200]);
    expect(await metrics.text()).toMatch(/^buffkit_jobs_reachable 0$/m);
  });

  it("serve no metrics unless configured", async () => {
    const { app } = await start();

    expect((await app.request("/metrics")).status).toBe(404);
  });

  it("serve metrics to clients with the token", async () => {
    const { app } = await start({ metrics: { token: "scrape-me" } });

    const refused = await app.request("/metrics");
    const answer = await app.request("/metrics", { headers: { Authorization: "Bearer scrape-me" } });

    expect(refused.status).toBe(401);
    expect(await answer.text()).toMatch(/^buffkit_sse_connections 0$/m);
  });

  it.each([
    "Bearer scrape",
    "Bearer scrape-me-too",
    "bearer scrape-me",
    "scrape-me",
    "Bearer scrape-mE",
    "Bearer ",
    "",
  ])("refuse %j, which isn't exactly the configured token", async (Authorization) => {
    const { app } = await start({ metrics: { token: "scrape-me" } });

    const answer = await app.request("/metrics", { headers: { Authorization } });

    expect([answer.status, await answer.text()]).toEqual([401, "Unauthorized\n"]);
  });

  it("export whether the database responds and how busy its pool is", async () => {
    const { app } = await start({ metrics: {} });

    const text = await (await app.request("/metrics")).text();

    expect(text.match(/^buffkit_database_.+$/gm)).toEqual([
      "buffkit_database_up 1",
      "buffkit_database_connections_in_use 0",
      "buffkit_database_waiting 0",
    ]);
  });

  it("export what only grows as counters", async () => {
    const { app } = await start({ metrics: {} });

    const text = await (await app.request("/metrics")).text();

    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type]) => ({ name, type }));
    const counters = types.filter(({ type }) => type === "counter").map(({ name }) => name);
    expect(counters).toHaveLength(7);
    expect(counters).toEqual(types.map(({ name }) => name).filter((name) => name.endsWith("_total")));
  });

  it("count from the start of the process, however often they are read", async () => {
    const { app, kit } = await start({ metrics: {} });
    await kit.broker.broadcast("news", "one", { to: "news" });

    await app.request("/metrics");
    const text = await (await app.request("/metrics")).text();

    expect(text).toMatch(/^buffkit_sse_broadcasts_total 1$/m);
  });

  it("read the jobs and the broker once for all of their metrics", async () => {
    const { app, kit } = await start({ metrics: {} });
    const jobs = vi.spyOn(kit.jobs, "stats");
    const broker = vi.spyOn(kit.broker, "stats");

    await app.request("/metrics");

    expect([jobs.mock.calls.length, broker.mock.calls.length]).toEqual([1, 1]);
  });
});

describe("a production kit", () => {
  const production: Config = { dev: false, appUrl: "https://app.example.com", mail: "log", migrate: true };
  const files = ["/dev.js", "/dev.css", "/live-warnings.js"].flatMap((path) => [path, `/assets${path}`]);
  const pages = [
    "/__dev",
    "/__dev/events",
    "/__dev/dev.js",
    "/__dev/live",
    "/__dev/jobs",
    "/__mail",
    "/__MAIL",
    "/__dev/errors/x",
  ];

  it.each([...files, ...pages])("answers nothing of development at %s", async (path) => {
    const { app } = await start(production);

    const answer = await app.request(`https://app.example.com${path}`, { headers: { Host: "localhost" } });

    expect(answer.status).toBe(404);
  });

  it("has no development files under their hashed names", async () => {
    const development = await start();
    const { app, kit } = await start(production);
    const hashed = files.filter((path) => path.startsWith("/assets/")).map((path) => path.slice("/assets/".length));

    expect(hashed.map((name) => kit.assets.find(name))).toEqual([null, null, null]);
    expect(hashed.map((name) => development.kit.assets.find(name) === null)).toEqual([false, false, false]);
    expect((await app.request(`https://app.example.com${kit.assets.url("live.js")}`)).status).toBe(200);
  });
});

describe("createKit", () => {
  it("refuses to start in production while migrations are pending", async () => {
    const production: Config = { dev: false, appUrl: "https://app.example.com", mail: "log" };

    await expect(start({ ...production, migrate: false, databaseUrl: "sqlite::memory:" })).rejects.toMatchObject({
      code: "KIT_MIGRATIONS_PENDING",
    });
  });

  it("refuses an empty token for metrics, which would let everyone read them", async () => {
    await expect(start({ metrics: { token: "" } })).rejects.toMatchObject({
      code: "KIT_CONFIG_INVALID",
      message: expect.stringContaining("metrics.token"),
    });
  });

  it("can be closed twice", async () => {
    const { kit } = await start();

    await kit.close();

    await expect(kit.close()).resolves.toBeUndefined();
  });

  it("keeps two kits in one process separate", async () => {
    const one = await start();
    const other = await start();

    await one.kit.close();

    expect((await other.app.request("/readyz")).status).toBe(200);
  });
});

describe("serve", () => {
  it("says what to do about an address that isn't one of this machine's", async () => {
    const { app, kit } = await start();

    await expect(serve(app, kit, { host: "192.0.2.1", port: 0 })).rejects.toMatchObject({
      code: "KIT_CANNOT_LISTEN",
      hint: expect.stringContaining("HOST"),
    });
  });
});

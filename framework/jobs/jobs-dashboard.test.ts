import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLogger, systemClock } from "../base/index.ts";
import { createMigrator, type Database, frameworkMigrations, openDatabase } from "../db/index.ts";
import { pageRenderer } from "../html/index.ts";
import { createSigner, csrf } from "../secure/index.ts";
import { createJobs } from "./create-jobs.ts";
import type { Jobs } from "./jobs.ts";
import { jobsDashboard } from "./jobs-dashboard.tsx";

const appUrl = "https://app.example";
const fromPage = { Accept: "text/html", "Sec-Fetch-Site": "same-origin", "X-Admin": "yes" };

describe("jobsDashboard", () => {
  let db: Database;
  let jobs: Jobs;
  let app: Hono;

  beforeEach(async () => {
    db = await openDatabase("sqlite::memory:", { log: silentLogger });
    await createMigrator(db, { folders: [frameworkMigrations()] }).up();
    jobs = await createJobs({ db, log: silentLogger });
    jobs.define("print", { schema: z.string(), handler: () => undefined });
    app = new Hono();
    app.use(
      csrf({ appUrl, signer: createSigner(["a secret for tests that is long enough"]), isSecure: true }),
      pageRenderer(({ children }) => children),
    );
    const guard = jobsDashboard({
      path: "/staff/jobs",
      guard: async (c, next) => (c.req.header("X-Admin") ? next() : c.text("no", 403)),
    });
    guard.mount(app, { jobs, assets: { url: (path) => `/${path}` }, clock: systemClock });
  });

  afterEach(async () => {
    await jobs.close();
    await db.destroy();
  });

  it("shows waiting jobs in the app's own layout", async () => {
    await jobs.enqueue("print", "page <1>", { delayMs: 60_000 });

    const answer = await app.request(`${appUrl}/staff/jobs`, { headers: fromPage });

    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain("<strong>print</strong>");
    expect(page).toContain("/staff/jobs/live");
  });

  it.each([
    ["GET", "/staff/jobs"],
    ["GET", "/staff/jobs/live"],
    ["POST", "/staff/jobs/x/retry"],
    ["POST", "/staff/jobs/x/cancel"],
  ])("asks the guard before %s %s", async (method, path) => {
    const answer = await app.request(appUrl + path, { method, headers: { "Sec-Fetch-Site": "same-origin" } });

    expect(answer.status).toBe(403);
  });

  it("cancels a waiting job with its button", async () => {
    const id = await jobs.enqueue("print", "page 1", { delayMs: 60_000 });

    const answer = await app.request(`${appUrl}/staff/jobs/${id}/cancel`, { method: "POST", headers: fromPage });

    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/staff/jobs"]);
    expect(await jobs.find(id)).toBeNull();
  });

  it("refuses a click that comes from another site", async () => {
    const id = await jobs.enqueue("print", "page 1", { delayMs: 60_000 });
    const headers = { ...fromPage, "Sec-Fetch-Site": "cross-site" };

    const answer = await app.request(`${appUrl}/staff/jobs/${id}/cancel`, { method: "POST", headers });

    expect(answer.status).toBe(403);
    expect(await jobs.find(id)).not.toBeNull();
  });
});

import type { Hono } from "hono";
import { renderHtml } from "../html/index.ts";
import { DevDocument } from "./dev-document.tsx";
import type { DevEvents } from "./dev-events.ts";
import type { DevKit } from "./dev-kit.ts";
import { type JobLists, JobsPage } from "./jobs-page.tsx";

export interface JobsPagesOptions {
  readonly jobs: NonNullable<DevKit["jobs"]>;
  readonly events: DevEvents;
  readonly appName: string;
}

const shown = 50;

/** `/__dev/jobs`: what waits, runs and failed, live; failed ones are tried again at a click. */
export function mountJobsPages(app: Hono, { jobs, events, appName }: JobsPagesOptions): void {
  app.get("/__dev/jobs", async (c) => {
    const page = (
      <DevDocument title="Jobs" section="jobs" appName={appName} build={events.build}>
        <JobsPage lists={await readLists(jobs)} now={Date.now()} />
      </DevDocument>
    );
    return c.html(renderHtml(page));
  });
  app.post("/__dev/jobs/:id/retry", async (c) => {
    await jobs.retry(c.req.param("id"));
    return c.redirect("/__dev/jobs", 303);
  });
  app.post("/__dev/jobs/:id/cancel", async (c) => {
    await jobs.cancel(c.req.param("id"));
    return c.redirect("/__dev/jobs", 303);
  });
}

async function readLists(jobs: JobsPagesOptions["jobs"]): Promise<JobLists> {
  const limit = { limit: shown };
  const [stats, running, dead, ready, delayed] = await Promise.all([
    jobs.stats(),
    jobs.list("running", limit),
    jobs.dead(limit),
    jobs.list("ready", limit),
    jobs.list("delayed", limit),
  ]);
  return { stats, running, dead, waiting: [...ready, ...delayed] };
}

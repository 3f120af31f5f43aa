import type { Hono } from "hono";
import { renderHtml } from "../../html/index.ts";
import { JobsView, readJobLists } from "../../jobs/index.ts";
import type { DevKit } from "../dev-kit.ts";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";

export interface JobsPagesOptions {
  readonly jobs: NonNullable<DevKit["jobs"]>;
  readonly events: DevEvents;
  readonly appName: string;
}

const path = "/__dev/jobs";

/** `/__dev/jobs`: waiting, running and failed jobs, live, with a button to retry failed ones. */
export function mountJobsPages(app: Hono, { jobs, events, appName }: JobsPagesOptions): void {
  app.get(path, async (c) => {
    const page = (
      <DevDocument title="Jobs" section="jobs" appName={appName} build={events.build}>
        <div class="page" id="jobs" data-dev-live="jobs">
          <JobsView lists={await readJobLists(jobs)} now={Date.now()} path={path} />
        </div>
      </DevDocument>
    );
    return c.html(renderHtml(page));
  });
  app.post(`${path}/:id/retry`, async (c) => {
    await jobs.retry(c.req.param("id"));
    return c.redirect(path, 303);
  });
  app.post(`${path}/:id/cancel`, async (c) => {
    await jobs.cancel(c.req.param("id"));
    return c.redirect(path, 303);
  });
}

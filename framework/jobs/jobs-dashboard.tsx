import type { Hono, MiddlewareHandler } from "hono";
import type { Clock } from "../base/index.ts";
import { redirectTo } from "../html/index.ts";
import { readJobLists } from "./job-lists.ts";
import type { Jobs } from "./jobs.ts";
import { JobsView } from "./jobs-view.tsx";

export interface JobsDashboardOptions {
  /** Who may see it, for example `RequireRole("admin")`. The page shows payloads and errors, and its buttons run jobs. */
  readonly guard: MiddlewareHandler;
  /** The path of the page. Default: `/admin/jobs`. */
  readonly path?: string;
}

/** The parts of the kit that the dashboard uses. */
export interface JobsDashboardKit {
  readonly jobs: Pick<Jobs, "stats" | "list" | "dead" | "retry" | "cancel">;
  readonly assets: { url(path: string): string };
  readonly clock: Clock;
}

/** Returned by `jobsDashboard`, to be listed in the `parts` of the configuration. */
export interface JobsDashboardPart {
  readonly name: "jobs-dashboard";
  mount(app: Hono, kit: JobsDashboardKit): void;
}

/**
 * The page at `/__dev/jobs` for production, in the app's own layout and behind a guard of the app. It polls every two seconds, so it
 * also shows workers in other processes, and locks a person out as soon as the guard refuses them.
 */
export function jobsDashboard({ guard, path = "/admin/jobs" }: JobsDashboardOptions): JobsDashboardPart {
  return {
    name: "jobs-dashboard",
    mount(app, { jobs, assets, clock }) {
      const view = async () => <JobsView lists={await readJobLists(jobs)} now={clock.now()} path={path} />;
      app.use(`${path}/*`, guard);
      app.get(path, async (c) =>
        c.render(
          <>
            <link rel="stylesheet" href={assets.url("jobs.css")} />
            <div class="jobs" hx-get={`${path}/live`} hx-trigger="every 2s" hx-target="this" hx-swap="innerMorph">
              {await view()}
            </div>
          </>,
          { title: "Jobs" },
        ),
      );
      app.get(`${path}/live`, async (c) => c.render(await view(), { title: "Jobs" }));
      app.post(`${path}/:id/retry`, async (c) => {
        await jobs.retry(c.req.param("id"));
        return redirectTo(c, path);
      });
      app.post(`${path}/:id/cancel`, async (c) => {
        await jobs.cancel(c.req.param("id"));
        return redirectTo(c, path);
      });
    },
  };
}

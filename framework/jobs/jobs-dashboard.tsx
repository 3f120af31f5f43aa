import type { Hono, MiddlewareHandler } from "hono";
import type { Clock } from "../base/index.ts";
import { redirectTo } from "../html/index.ts";
import { readJobLists } from "./job-lists.ts";
import type { Jobs } from "./jobs.ts";
import { JobsView } from "./jobs-view.tsx";

export interface JobsDashboardOptions {
  /** Decides who may see it, for instance `RequireRole("admin")`: the page shows payloads and errors, and its buttons run jobs. */
  readonly guard: MiddlewareHandler;
  /** Where it lives; `/admin/jobs` unless given. */
  readonly path?: string;
}

/** As much of the kit as the dashboard uses. */
export interface JobsDashboardKit {
  readonly jobs: Pick<Jobs, "stats" | "list" | "dead" | "retry" | "cancel">;
  readonly assets: { url(path: string): string };
  readonly clock: Clock;
}

/** What `jobsDashboard` gives; goes into `parts` of the configuration. */
export interface JobsDashboardPart {
  readonly name: "jobs-dashboard";
  mount(app: Hono, kit: JobsDashboardKit): void;
}

/**
 * The page of `/__dev/jobs` for production: within the app's own layout, behind a guard of the app's. It asks for the figures anew
 * every two seconds, so it also shows what workers in other processes do, and a right that is taken away counts at once.
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

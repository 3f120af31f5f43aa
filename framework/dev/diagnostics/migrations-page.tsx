import type { Context, Hono, MiddlewareHandler } from "hono";
import { localPathOf } from "../../base/index.ts";
import { renderHtml } from "../../html/index.ts";
import type { DevMigrator } from "../dev-kit.ts";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";

export interface MigrationsPageOptions {
  readonly migrator: DevMigrator;
  readonly events: DevEvents;
  readonly appName: string;
  /** Started once the database is ready; a second start does nothing. */
  readonly jobs?: { start(): Promise<void> };
}

export interface MigrationsPage {
  /** Responds to page visits with this page while migrations are pending. */
  readonly middleware: MiddlewareHandler;
  /** The page to show for a failed visit, if a pending migration may be the cause. */
  readonly pageFor: (c: Context) => Promise<Response | undefined>;
}

/**
 * While migrations are pending, every page visit shows a page that lists them and has a button to apply them, rather than the error
 * that a missing table would cause. Checked once, because a new file restarts the server.
 */
export function mountMigrationsPage(app: Hono, options: MigrationsPageOptions): MigrationsPage {
  const { migrator, events, jobs } = options;
  let known: Promise<readonly string[]> | undefined;
  const readPending = () => {
    known ??= migrator.status().then(({ pending }) => pending);
    return known;
  };

  async function pageFor(c: Context): Promise<Response | undefined> {
    const isVisit = c.req.method === "GET" && c.req.header("Accept")?.includes("text/html");
    if (!isVisit || c.req.path.startsWith("/__")) return undefined;
    const pending = await readPending();
    return pending.length === 0 ? undefined : showPending(c, pending, options);
  }

  app.post("/__dev/migrations", async (c) => {
    known = undefined;
    await migrator.up();
    await jobs?.start();
    events.reload();
    return c.redirect(localPathOf(c.req.header("Referer"), c.req.url) ?? "/", 303);
  });
  // Where the page of a failed migration goes once the code has changed.
  app.get("/__dev/migrations", (c) => c.redirect("/", 303));

  return {
    pageFor,
    async middleware(c, next) {
      const page = await pageFor(c);
      if (page) return page;
      await next();
      return undefined;
    },
  };
}

function showPending(c: Context, pending: readonly string[], { appName, events }: MigrationsPageOptions) {
  const page = (
    <DevDocument title="Migrations pending" section="none" appName={appName} build={events.build}>
      <div class="page narrow">
        <h1>{pending.length === 1 ? "One migration is pending" : `${pending.length} migrations are pending`}</h1>
        <p class="lead">The code expects these changes to the database:</p>
        <ol class="pending">
          {pending.map((name) => (
            <li>
              <code>{name}</code>
            </li>
          ))}
        </ol>
        <form method="post" action="/__dev/migrations">
          <button type="submit">Apply {pending.length === 1 ? "it" : "them"} now</button>
        </form>
        <p class="quiet-text">
          Or run <code>npx buffkit migrate</code>
        </p>
      </div>
    </DevDocument>
  );
  return c.html(renderHtml(page), 503);
}

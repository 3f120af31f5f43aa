import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { hxReswap, hxRetarget, readHtmxRequest, renderHtml } from "../../html/index.ts";
import type { ErrorPresenter } from "../dev-kit.ts";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";
import { ErrorNotice, ErrorPage } from "./error-page.tsx";
import { type ErrorReport, reportError } from "./error-report.ts";

export interface ErrorPagesOptions {
  readonly events: DevEvents;
  readonly appName: string;
  /** A page that explains the failure better, if any. */
  readonly insteadOf?: (c: Context) => Promise<Response | undefined>;
}

export interface ErrorPages {
  readonly present: ErrorPresenter;
  /** The latest reports, newest first. */
  latest(): readonly ErrorReport[];
}

const keptReports = 20;

/**
 * Shows errors to the developer: a page for a visit, one line with a link for an htmx fragment request, plain text for other clients.
 * The latest reports stay available at `/__dev/errors/…`.
 */
export function mountErrorPages(app: Hono, { events, appName, insteadOf }: ErrorPagesOptions): ErrorPages {
  const reports: ErrorReport[] = [];

  const page = (c: Context, report: ErrorReport, status: ContentfulStatusCode) =>
    c.html(
      renderHtml(
        <DevDocument
          title={report.chain[0]?.message ?? "Error"}
          section="none"
          appName={appName}
          build={events.build}
          isAnswerToForm={c.req.method !== "GET"}
        >
          <ErrorPage report={report} />
        </DevDocument>,
      ),
      status,
    );

  app.get("/__dev/errors/:id", (c) => {
    const report = reports.find(({ id }) => id === c.req.param("id"));
    return report ? page(c, report, 200) : c.notFound();
  });

  return {
    latest: () => reports,
    async present(error, c) {
      const better = await insteadOf?.(c).catch(() => undefined);
      if (better) return better;
      const report = reportError(error, c);
      reports.unshift(report);
      reports.splice(keptReports);
      events.tell("stats");
      const status = report.status as ContentfulStatusCode; // `reportError` returns 400 to 599, all of which have a body
      const { isHtmx, isPartial } = readHtmxRequest(c);
      if (isHtmx && isPartial) {
        hxRetarget(c, "#bk-flash");
        hxReswap(c, "innerHTML");
        return c.html(renderHtml(<ErrorNotice report={report} />), status);
      }
      if (!c.req.header("Accept")?.includes("text/html")) return c.text(asText(report), status);
      return page(c, report, status);
    },
  };
}

function asText(report: ErrorReport): string {
  const request = `${report.method} ${report.url}\n${report.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}`;
  return `${report.chain.map(({ name, message, stack }) => stack || `${name}: ${message}`).join("\ncaused by ")}\n\n${request}\n`;
}

import type { Hono } from "hono";
import { renderHtml } from "../html/index.ts";
import { DevDocument } from "./dev-document.tsx";
import type { DevEvents } from "./dev-events.ts";
import type { DevKit } from "./dev-kit.ts";
import { readDiagnostics } from "./diagnostics.ts";
import { DiagnosticsPage } from "./diagnostics-page.tsx";
import { ErrorList } from "./error-list.tsx";
import type { ErrorPages } from "./error-presenter.tsx";

export interface DiagnosticsPagesOptions {
  readonly events: DevEvents;
  readonly errors: ErrorPages;
}

const lookEveryMs = 1_000;

/**
 * `/__dev`: what the app is made of and does. While such a page is open the figures are looked at once a second, and the page is told
 * when they changed. Returns how to stop.
 */
export function mountDiagnosticsPages(app: Hono, kit: DevKit, { events, errors }: DiagnosticsPagesOptions): () => void {
  let before = "";
  app.get("/__dev", async (c) => {
    const facts = await readDiagnostics(app, kit);
    before = JSON.stringify(facts);
    return c.html(
      renderHtml(
        <DevDocument title="Diagnostics" section="diagnostics" appName={kit.mail.appName} build={events.build}>
          <DiagnosticsPage facts={facts} errors={<ErrorList reports={errors.latest()} now={Date.now()} />} />
        </DevDocument>,
      ),
    );
  });

  async function look(): Promise<void> {
    if (events.watcherCount === 0) return;
    const now = JSON.stringify(await readDiagnostics(app, kit));
    if (now === before) return;
    before = now;
    events.tell("stats");
    events.tell("jobs");
  }

  const timer = setInterval(() => void look(), lookEveryMs).unref();
  return () => clearInterval(timer);
}

import { startSSE } from "buffkit";
import type { Hono } from "hono";
import { every } from "../every.ts";
import { ExamplePage } from "../example-page.tsx";
import { readLastId } from "../read-last-id.ts";
import { pages } from "./pages.ts";

/** A timer that every visitor has to themselves: `startSSE`, a loop, and nothing to clean up. */
export function mountTicks(app: Hono): void {
  app.get("/", (c) => c.html(<TickPage />));

  app.get("/ticks", (c) => {
    // A browser that lost the line says which tick it saw last, and the count goes on from there.
    const seen = readLastId(c) ?? 0;
    return startSSE(c).run(async (writer) => {
      for await (const count of every(1000, writer.signal)) {
        const tick = { count: seen + count, at: new Date().toISOString() };
        writer.sendEvent({ id: String(tick.count), event: "tick", data: JSON.stringify(tick) });
      }
    });
  });
}

function TickPage() {
  return (
    <ExamplePage
      title="A tick a second"
      lead="The server counts as long as this page is open, and stops when it is closed."
      links={pages}
      script="/page/ticks.js"
    >
      <section class="panel figure">
        <output id="count" data-stream="/ticks">
          0
        </output>
        <p id="state" role="status">
          Connecting…
        </p>
        <p class="actions">
          <button id="pause" type="button">
            Pause
          </button>
        </p>
      </section>
    </ExamplePage>
  );
}

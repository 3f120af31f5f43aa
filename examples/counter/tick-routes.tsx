import { startSSE } from "buffkit";
import type { Hono } from "hono";
import { every } from "../every.ts";
import { ExamplePage } from "../example-page.tsx";
import { readLastId } from "../read-last-id.ts";
import { pages } from "./pages.ts";

/** A timer for each visitor: `startSSE`, a loop, and nothing to clean up. */
export function mountTicks(app: Hono): void {
  app.get("/", (c) => c.html(<TickPage />));

  app.get("/ticks", (c) => {
    // A browser that reconnects says which tick it saw last, and the count continues from there.
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
      title="One tick a second"
      lead="The server counts while this page is open and stops when you close it."
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

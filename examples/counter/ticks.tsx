import { type Part, startSSE } from "buffkit";
import { every } from "../every.ts";
import { readLastId } from "../read-last-id.ts";

/** A timer for each visitor: `startSSE`, a loop, and nothing to clean up. */
export const ticks: Part = {
  name: "ticks",
  mount(app) {
    app.get("/", (c) =>
      c.render(<Ticks />, {
        title: "One tick a second",
        description: "The server counts while this page is open and stops when you close it.",
      }),
    );

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
  },
};

function Ticks() {
  return (
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
      <script type="module" src="/ticks.js" />
    </section>
  );
}

import { everybody, LiveStream, readHtmxRequest } from "buffkit";
import type { Hono } from "hono";
import { ExamplePage } from "../example-page.tsx";
import { pages } from "./pages.ts";
import type { Change, SharedCount } from "./shared-count.ts";

const buttons: Readonly<Record<Change, string>> = { down: "One less", up: "One more", reset: "Back to 0" };

/** A count that all open pages share: anyone who presses a button changes it for everyone. */
export function mountSharedCount(app: Hono, count: SharedCount): void {
  app.get("/shared", (c) => c.html(<SharedPage count={count} />));
  app.get("/shared/events", count.broker.handler);

  app.post("/shared/:change{up|down|reset}", async (c) => {
    count.change(readChange(c.req.param("change")));
    const fragment = <Count count={count} />;
    if (readHtmxRequest(c).isHtmx)
      return await count.broker.respondAndBroadcast(c, fragment, { to: everybody, target: "#count" });
    await count.broker.broadcastHTML(fragment, { to: everybody, target: "#count" });
    return c.redirect("/shared", 303);
  });
}

// The route matches nothing else.
function readChange(text: string): Change {
  return text === "up" || text === "down" ? text : "reset";
}

function SharedPage({ count }: { count: SharedCount }) {
  const { cursor } = count.broker;
  return (
    <ExamplePage
      title="A shared count"
      lead="Open this page in two windows: both always show the same number."
      links={pages}
      live={<LiveStream path="/shared/events" since={cursor} />}
    >
      <section class="panel figure">
        <Count count={count} />
        <div class="actions">
          {Object.entries(buttons).map(([change, label]) => (
            <form
              method="post"
              action={`/shared/${change}`}
              hx-post={`/shared/${change}`}
              hx-target="#count"
              hx-swap="outerMorph"
            >
              <button type="submit">{label}</button>
            </form>
          ))}
        </div>
      </section>
    </ExamplePage>
  );
}

function Count({ count }: { count: SharedCount }) {
  return (
    <output id="count" data-revision={count.revision}>
      {count.value}
    </output>
  );
}

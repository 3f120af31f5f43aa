import type { Hono } from "hono";
import { type Html, renderHtml } from "../../html/index.ts";
import type { OpenRegion, RegionUpdate } from "../../live/index.ts";
import type { DevKit } from "../dev-kit.ts";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";

export interface LivePageOptions {
  readonly live: NonNullable<DevKit["live"]>;
  readonly events: DevEvents;
  readonly appName: string;
}

/** More would make the page too long to read. */
const maxShown = 50;

/** `/__dev/live`: which live regions are open, what they read, and what each change made of them. */
export function mountLivePage(app: Hono, { live, events, appName }: LivePageOptions): void {
  app.get("/__dev/live", (c) => {
    const { open, history } = live.report;
    const page = (
      <DevDocument title="Live regions" section="live" appName={appName} build={events.build}>
        <div class="page" id="live-regions" data-dev-live="live">
          <h1>Live regions</h1>
          <Panel title="Open" count={open.length} empty="No page shows a live region.">
            {open.map((region) => (
              <Open region={region} />
            ))}
          </Panel>
          <Panel title="Updates" count={history.latest.length} empty="Nothing has changed yet.">
            {history.latest.slice(0, maxShown).map((update) => (
              <Update update={update} />
            ))}
          </Panel>
        </div>
      </DevDocument>
    );
    return c.html(renderHtml(page));
  });
}

function Panel(props: { title: string; count: number; empty: string; children?: Html }) {
  const { title, count, empty, children } = props;
  return (
    <section class="card">
      <h2>
        {title}
        {count > 0 ? <span class="count">{String(count)}</span> : null}
      </h2>
      {count === 0 ? <p class="quiet-text">{empty}</p> : <ul class="rows">{children}</ul>}
    </section>
  );
}

function Open({ region: { region, params, reads, audiences } }: { region: OpenRegion }) {
  const pages = audiences.reduce((total, each) => total + each.pages, 0);
  const classes = audiences.filter(({ audience }) => audience !== "");
  return (
    <li>
      <Name region={region} params={params} />
      <span class="row-note">{classes.map(({ audience, pages: count }) => `${audience}: ${count}`).join(", ")}</span>
      <span class="row-note">{countOf(pages, "page")}</span>
      <div class="row-detail">
        {reads.includes("*") ? (
          <p class="notice">
            What it reads can't be seen (SQL written by hand, or a view), so it is loaded after every change. Say it:{" "}
            <code>{`reads: ["items"]`}</code>
          </p>
        ) : (
          <span class="row-note">Reads {reads.length === 0 ? "nothing" : <code>{reads.join(", ")}</code>}</span>
        )}
      </div>
    </li>
  );
}

function Update({ update }: { update: RegionUpdate }) {
  const { region, params, at, tables, statements, pages, bytes, ms, error } = update;
  const time = new Date(at).toISOString();
  return (
    <li>
      <Name region={region} params={params} />
      <span class="row-note">{error === undefined ? resultOf(pages, bytes) : "failed"}</span>
      <span class="row-note">
        {ms} ms · <time datetime={time}>{time.slice(11, 19)}</time>
      </span>
      <div class="row-detail">
        <span class="row-note">
          Because of <code>{tables.join(", ")}</code>
        </span>
        {statements.map((statement) => (
          <pre class="statement">{statement}</pre>
        ))}
        {error === undefined ? null : <p class="notice">{error}</p>}
      </div>
    </li>
  );
}

function Name({ region, params }: { region: string; params: string }) {
  return (
    <span class="row-name">
      <strong>{region}</strong> {params === "{}" ? null : <code>{params}</code>}
    </span>
  );
}

/** A drawing that gave the same markup was for nothing: the author may want a condition that says more. */
function resultOf(pages: number, bytes: number): string {
  return pages === 0 ? "nothing to send" : `${bytes} bytes to ${countOf(pages, "page")}`;
}

function countOf(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

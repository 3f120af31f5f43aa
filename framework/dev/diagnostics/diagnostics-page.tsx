import type { Hono } from "hono";
import { type Html, renderHtml } from "../../html/index.ts";
import type { DevKit } from "../dev-kit.ts";
import { ErrorList } from "../errors/error-page.tsx";
import type { ErrorPages } from "../errors/error-presenter.tsx";
import { DevDocument } from "../page/dev-document.tsx";
import type { DevEvents } from "../reload/dev-events.ts";
import { type Diagnostics, type Fact, readDiagnostics } from "./diagnostics.ts";

export interface DiagnosticsPageOptions {
  readonly events: DevEvents;
  readonly errors: ErrorPages;
}

const pollEveryMs = 1_000;

/**
 * `/__dev`: what the app consists of and what it is doing. While the page is open, the figures are read once a second and the page is
 * told when they change. Returns a function that stops this.
 */
export function mountDiagnosticsPage(app: Hono, kit: DevKit, { events, errors }: DiagnosticsPageOptions): () => void {
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

  async function poll(): Promise<void> {
    if (events.watcherCount === 0) return;
    const now = JSON.stringify(await readDiagnostics(app, kit));
    if (now === before) return;
    before = now;
    events.tell("stats");
    events.tell("jobs");
  }

  const timer = setInterval(() => void poll(), pollEveryMs).unref();
  return () => clearInterval(timer);
}

function DiagnosticsPage({ facts, errors }: { facts: Diagnostics; errors: Html }) {
  const pending = facts.migrations.filter(({ appliedAt }) => appliedAt === null).length;
  return (
    <div class="page" id="diagnostics" data-dev-live="stats">
      <h1>Diagnostics</h1>
      <ul class="figures">
        {facts.figures.map(({ label, value }) => (
          <li>
            <span class="figure">{value ?? "–"}</span>
            <span class="figure-label">{label}</span>
          </li>
        ))}
      </ul>
      {errors}
      <div class="cards">
        <FactCard title="Stream" facts={facts.stream} empty="The broker reports no figures." />
        <FactCard title="Jobs" facts={facts.jobs} empty="No job queue." more="/__dev/jobs" />
        <FactCard title="Versions" facts={facts.versions} empty="" />
        <Card title="Components" count={facts.components.length}>
          {facts.components.length === 0 ? <p class="quiet-text">None registered.</p> : null}
          <ul class="chips">
            {facts.components.map((name) => (
              <li>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </Card>
        <FactCard title="Import map" facts={facts.importMap} empty="No entries." isCounted />
        <Card title="Migrations" count={pending} countLabel="pending">
          <Migrations facts={facts} />
        </Card>
      </div>
      <Card title="Routes" count={facts.routes.length}>
        <ul class="routes">
          {facts.routes.map(({ method, path }) => (
            <li>
              <span class="method">{method}</span> {path}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function FactCard(props: { title: string; facts: readonly Fact[]; empty: string; isCounted?: boolean; more?: string }) {
  const { title, facts, empty, isCounted, more } = props;
  return (
    <Card title={title} count={isCounted ? facts.length : 0}>
      {facts.length === 0 ? <p class="quiet-text">{empty}</p> : null}
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {more ? (
        <p class="more">
          <a href={more}>All {title.toLowerCase()}</a>
        </p>
      ) : null}
    </Card>
  );
}

function Migrations({ facts }: { facts: Diagnostics }) {
  const { migrations, migrationProblems } = facts;
  return (
    <>
      {migrations.length + migrationProblems.length === 0 ? <p class="quiet-text">No migrations.</p> : null}
      {migrationProblems.map((text) => (
        <p class="notice">{text}</p>
      ))}
      <dl class="facts">
        {migrations.map(({ name, appliedAt }) => (
          <div>
            <dt>{name}</dt>
            <dd>{appliedAt === null ? <strong>pending</strong> : appliedAt.slice(0, 16).replace("T", " ")}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Card(props: { title: string; count?: number; countLabel?: string; children?: Html }) {
  const { title, count = 0, countLabel = "", children } = props;
  return (
    <section class="card">
      <h2>
        {title}
        {count > 0 ? <span class="count">{`${count} ${countLabel}`.trim()}</span> : null}
      </h2>
      {children}
    </section>
  );
}

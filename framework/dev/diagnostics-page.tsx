import type { Html } from "../html/index.ts";
import type { Diagnostics, Fact } from "./diagnostics.ts";

/** What the app is made of and what it does at this moment. */
export function DiagnosticsPage({ facts, errors }: { facts: Diagnostics; errors: Html }) {
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
        <FactCard title="Stream" facts={facts.stream} empty="No figures from the broker." />
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

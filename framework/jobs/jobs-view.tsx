import { formatTime } from "../base/index.ts";
import { CsrfField } from "../forms/index.ts";
import type { Html } from "../html/index.ts";
import type { JobRecord } from "./engine.ts";
import type { JobLists } from "./job-lists.ts";
import type { JobStats } from "./jobs.ts";

const payloadShown = 2000;

export interface JobsViewProps {
  readonly lists: JobLists;
  readonly now: number;
  /** Its buttons post to `<path>/<id>/retry` and `<path>/<id>/cancel`. */
  readonly path: string;
}

/** The jobs page: counts, failed jobs with their errors, running and waiting jobs, and schedules. */
export function JobsView({ lists, now, path }: JobsViewProps) {
  const { stats, running, dead, waiting } = lists;
  const { ready, delayed, done } = stats.totals;
  const figures = {
    Ready: ready,
    Delayed: delayed,
    Running: stats.totals.running,
    Done: done,
    Failed: stats.totals.dead,
  };
  return (
    <>
      <h1>Jobs</h1>
      <ul class="figures">
        {Object.entries(figures).map(([label, value]) => (
          <li>
            <span class="figure">{value}</span>
            <span class="figure-label">{label}</span>
          </li>
        ))}
      </ul>
      <JobCard title="Failed" jobs={dead} empty="No failed jobs.">
        {(job) => <DeadJob job={job} now={now} path={path} />}
      </JobCard>
      <JobCard title="Running" jobs={running} empty="Nothing in progress.">
        {(job) => (
          <LiveJob job={job} note={`attempt ${job.attempts} of ${job.maxAttempts}`} at={job.startedAt} now={now} />
        )}
      </JobCard>
      <JobCard title="Waiting" jobs={waiting} empty="No jobs waiting.">
        {(job) => (
          <LiveJob job={job} note={job.state === "delayed" ? "delayed until" : "ready since"} at={job.runAt} now={now}>
            <RowButton action={`${path}/${job.id}/cancel`} label="Cancel" />
          </LiveJob>
        )}
      </JobCard>
      <Schedules stats={stats} now={now} />
    </>
  );
}

function JobCard(props: {
  title: string;
  jobs: readonly JobRecord[];
  empty: string;
  children: (job: JobRecord) => Html;
}) {
  const { title, jobs, empty, children } = props;
  return (
    <section class="card">
      <h2>
        {title}
        {jobs.length > 0 ? <span class="count">{jobs.length}</span> : null}
      </h2>
      {jobs.length === 0 ? <p class="quiet-text">{empty}</p> : <ol class="rows">{jobs.map(children)}</ol>}
    </section>
  );
}

function DeadJob({ job, now, path }: { job: JobRecord; now: number; path: string }) {
  const [first = "", ...rest] = (job.lastError ?? "").split("\n");
  return (
    <li>
      <JobName job={job} />
      <span class="row-note">
        {job.attempts} {job.attempts === 1 ? "attempt" : "attempts"}
        {job.finishedAt === null ? "" : `, ${formatTime(job.finishedAt, now)}`}
      </span>
      <RowButton action={`${path}/${job.id}/retry`} label="Retry" />
      <details class="row-detail">
        <summary>{first || "No error recorded."}</summary>
        <pre class="plain">{[...rest, "", formatPayload(job.payload)].join("\n").trim()}</pre>
      </details>
    </li>
  );
}

/** Cuts long payloads: a queued email is one long encrypted string. */
function formatPayload(payload: unknown): string {
  const json = JSON.stringify(payload, null, 2);
  return json.length > payloadShown ? `${json.slice(0, payloadShown)} …` : json;
}

function LiveJob(props: { job: JobRecord; note: string; at: number | null; now: number; children?: Html }) {
  const { job, note, at, now, children } = props;
  return (
    <li>
      <JobName job={job} />
      <span class="row-note">
        {note} {at === null ? null : <time datetime={new Date(at).toISOString()}>{formatTime(at, now)}</time>}
      </span>
      {children}
    </li>
  );
}

function JobName({ job }: { job: JobRecord }) {
  return (
    <span class="row-name">
      <strong>{job.name}</strong> <span class="count">{job.queue}</span>
    </span>
  );
}

function RowButton({ action, label }: { action: string; label: string }) {
  return (
    <form method="post" action={action}>
      <CsrfField />
      <button type="submit" class="quiet">
        {label}
      </button>
    </form>
  );
}

function Schedules({ stats, now }: { stats: JobStats; now: number }) {
  if (stats.schedules.length === 0) return null;
  return (
    <section class="card">
      <h2>
        Schedules <span class="count">{stats.schedules.length}</span>
      </h2>
      <dl class="facts">
        {stats.schedules.map(({ key, cron, timeZone, nextRunAt }) => (
          <div>
            <dt>{key}</dt>
            <dd>
              {cron} {timeZone}
              {nextRunAt === null ? "" : `, next ${formatTime(nextRunAt, now)}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

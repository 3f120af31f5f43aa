import { formatTime } from "../../base/index.ts";
import type { ErrorFacts, ErrorReport } from "./error-report.ts";
import type { StackFrame } from "./stack-frames.ts";

/** An error as a developer needs to see it: what happened, where in the code, on which request. */
export function ErrorPage({ report }: { report: ErrorReport }) {
  const [error, ...causes] = report.chain;
  return (
    <div class="page error">
      <p class="error-kind">
        <span class="status">{report.status}</span> {error?.name}
        {error?.code ? <code>{error.code}</code> : null}
      </p>
      <h1>{error?.message || "The error has no message"}</h1>
      {error?.hint ? <p class="hint">{error.hint}</p> : null}
      <p class="error-request">
        <code>{`${report.method} ${report.url}`}</code>
        {report.route ? <span>route {report.route}</span> : null}
      </p>
      {error ? <Frames error={error} /> : null}
      {causes.map((cause) => (
        <div class="cause">
          <p class="error-kind">Caused by {cause.name}</p>
          <h2>{cause.message}</h2>
          {cause.hint ? <p class="hint">{cause.hint}</p> : null}
          <Frames error={cause} />
        </div>
      ))}
      <RequestDetails report={report} />
    </div>
  );
}

function Frames({ error }: { error: ErrorFacts }) {
  const firstOwn = error.frames.findIndex(({ isOwn }) => isOwn);
  const inPackages = error.frames.filter(({ isOwn }) => !isOwn).length;
  return (
    <div class="frames">
      {error.frames.map((frame, index) =>
        frame.isOwn ? <OwnFrame frame={frame} isOpen={index === firstOwn} /> : null,
      )}
      <details class="raw-stack">
        <summary>
          Full stack trace
          {inPackages > 0 ? <span class="count">{inPackages} frames in packages</span> : null}
        </summary>
        <pre class="plain" id={firstOwn >= 0 ? undefined : "stack"}>
          {error.stack}
        </pre>
      </details>
    </div>
  );
}

function OwnFrame({ frame, isOpen }: { frame: StackFrame; isOpen: boolean }) {
  return (
    <details class="frame" open={isOpen}>
      <summary>
        <span class="place">
          {frame.place}:{frame.line}
        </span>
        {frame.call ? <code>{frame.call}</code> : null}
      </summary>
      <div class="frame-body">
        {frame.file ? (
          <a class="editor" href={`vscode://file${encodeURI(frame.file)}:${frame.line}:${frame.column}`}>
            Open in editor
          </a>
        ) : null}
        {frame.source.length > 0 ? (
          <pre class="source" tabindex={0}>
            {frame.source.map(({ number, text }) => (
              <span class={number === frame.line ? "line here" : "line"}>
                <span class="number">{number}</span>
                {text}
                {"\n"}
              </span>
            ))}
          </pre>
        ) : null}
      </div>
    </details>
  );
}

function RequestDetails({ report }: { report: ErrorReport }) {
  return (
    <section class="card">
      <h2>Request</h2>
      <dl class="facts">
        {report.requestId ? (
          <div>
            <dt>request id</dt>
            <dd>{report.requestId}</dd>
          </div>
        ) : null}
        {report.headers.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The error as one line for the flash area, with a link to the details. */
export function ErrorNotice({ report }: { report: ErrorReport }) {
  const [error] = report.chain;
  return (
    <p class="bk-flash bk-flash-error" role="alert" data-kind="error">
      <strong>{error?.name}</strong>: {error?.message}{" "}
      <a href={`/__dev/errors/${report.id}`} target="_blank" rel="noopener">
        Show details
      </a>
    </p>
  );
}

/** The latest errors on the diagnostics page; renders nothing if there are none. */
export function ErrorList({ reports, now }: { reports: readonly ErrorReport[]; now: number }) {
  if (reports.length === 0) return null;
  return (
    <section class="card">
      <h2>
        Latest errors <span class="count">{reports.length}</span>
      </h2>
      <ol class="error-list">
        {reports.map((report) => (
          <li>
            <time datetime={new Date(report.at).toISOString()}>{formatTime(report.at, now)}</time>
            <a href={`/__dev/errors/${report.id}`}>{report.chain[0]?.message || report.chain[0]?.name}</a>
            <code>{`${report.method} ${report.route ?? new URL(report.url).pathname}`}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}

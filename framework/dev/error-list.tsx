import { formatTime } from "../base/index.ts";
import type { ErrorReport } from "./error-report.ts";

/** The latest errors on the diagnostics page; nothing when there are none. */
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

import type { Selectable } from "kysely";
import type { JobTable } from "../../db/index.ts";
import type { ClaimedJob, JobRecord, JobState } from "../engine.ts";

export type JobRow = Selectable<JobTable>;

const states: readonly JobState[] = ["ready", "delayed", "running", "done", "dead"];

/** A row as a record for display. */
export function recordOf(row: JobRow): JobRecord {
  return {
    id: row.id,
    queue: row.queue,
    name: row.name,
    state: stateOf(row.state),
    payload: JSON.parse(row.payload),
    priority: row.priority,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    lastError: row.last_error,
  };
}

/** A row that a worker has just claimed. `attempt` includes this one. */
export function claimedOf(row: JobRow, attempt: number): ClaimedJob {
  return {
    id: row.id,
    queue: row.queue,
    name: row.name,
    payload: row.payload,
    attempt,
    maxAttempts: row.max_attempts,
    timeoutMs: row.timeout_ms,
  };
}

/** The state in a column. An unknown value counts as dead, so that someone sees it. */
export function stateOf(text: string): JobState {
  return states.find((state) => state === text) ?? "dead";
}

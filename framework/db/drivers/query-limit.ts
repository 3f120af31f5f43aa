import { AsyncLocalStorage } from "node:async_hooks";
import { queryTimedOut } from "./errors.ts";

// Not module state: each value lives in the async context of its work.
const limits = new AsyncLocalStorage<number>();

/** The longest that Node's timers can wait. */
const longestMs = 2 ** 31 - 1;

/**
 * Runs `work` with another limit for each of its queries than `database.queryTimeoutMs`, for what takes long on purpose, such as a report in
 * a job. `Infinity` means no limit. Inside a stream it counts from one chunk of rows to the next.
 */
export function withQueryTimeout<T>(timeoutMs: number, work: () => T): T {
  return limits.run(timeoutMs, work);
}

/** The limit for a query that starts now. */
export function queryTimeoutMs(standardMs: number): number {
  return Math.min(limits.getStore() ?? standardMs, longestMs);
}

export interface QueryLimit {
  readonly limitMs: number;
  /** Called once if it takes as long as this, which may be a sign that the server hangs. */
  readonly slowMs: number;
  onSlow(): void;
  /** Drops the connection, because its reply would be taken for that of the next query. */
  onExpired(): void;
}

/** Waits for a query, but not longer than its limit. Throws `DB_QUERY_TIMEOUT`. */
export async function withinLimit<T>(query: Promise<T>, limit: QueryLimit): Promise<T> {
  const { limitMs, slowMs, onSlow, onExpired } = limit;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    const expire = () => {
      onExpired();
      reject(queryTimedOut({ timeoutMs: limitMs }));
    };
    timer = setTimeout(
      () => {
        if (slowMs >= limitMs) return expire();
        onSlow();
        timer = setTimeout(expire, limitMs - slowMs);
      },
      Math.min(slowMs, limitMs),
    );
  });
  try {
    return await Promise.race([query, expired]);
  } finally {
    clearTimeout(timer);
  }
}

import { sendTimedOut } from "../errors.ts";

export interface TimeLimit {
  readonly timeoutMs: number;
  /** Ends the work early. */
  readonly signal?: AbortSignal;
}

/**
 * Resolves like the work, or rejects with `MAIL_SEND_TIMED_OUT` after `timeoutMs`. The signal that the work gets fires then, so that a
 * message doesn't go out later, after it was sent again.
 */
export async function withinTime<T>(work: (signal: AbortSignal) => Promise<T>, limit: TimeLimit): Promise<T> {
  const { timeoutMs, signal } = limit;
  const ending = new AbortController();
  const stop = () => ending.abort(signal?.reason);
  const timer = setTimeout(() => ending.abort(sendTimedOut({ timeoutMs })), timeoutMs);
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  try {
    return await Promise.race([rejectionOf(ending.signal), work(ending.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

/** Yields 1, 2, 3 … at that distance, without drifting, and ends when the signal fires. */
export async function* every(ms: number, signal: AbortSignal): AsyncGenerator<number> {
  const start = performance.now();
  for (let count = 1; !signal.aborted; count += 1) {
    await pauseUnlessAborted(start + count * ms - performance.now(), signal);
    if (!signal.aborted) yield count;
  }
}

/** Waits, but not longer than until the signal fires; for no time at all, so that others get their turn. */
export async function pauseUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await (ms > 0 ? pause(ms, undefined, { signal }) : nextTurn(undefined, { signal }));
  } catch (error) {
    // The only way a timer fails is the signal, and that is an end like any other.
    if (!signal.aborted) throw error;
  }
}

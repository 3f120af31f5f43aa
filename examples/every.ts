import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

/** Yields 1, 2, 3 … at this interval, without drifting, and ends when the signal fires. */
export async function* every(ms: number, signal: AbortSignal): AsyncGenerator<number> {
  const start = performance.now();
  for (let count = 1; !signal.aborted; count += 1) {
    await pauseUnlessAborted(start + count * ms - performance.now(), signal);
    if (!signal.aborted) yield count;
  }
}

/** Waits this long or until the signal fires; at 0 it yields to the event loop. */
export async function pauseUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await (ms > 0 ? pause(ms, undefined, { signal }) : nextTurn(undefined, { signal }));
  } catch (error) {
    // A timer only fails when the signal fires, which is a normal end.
    if (!signal.aborted) throw error;
  }
}

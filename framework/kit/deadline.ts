/** The moment by which something has to be over, however it goes. */
export class Deadline {
  readonly #at: number;

  constructor(withinMs: number) {
    this.#at = performance.now() + withinMs;
  }

  get leftMs(): number {
    return Math.max(0, this.#at - performance.now());
  }

  /** Whether the work ended in time. Rejects as the work does; once it is late, nobody hears how it ends. */
  async allows(work: Promise<unknown>): Promise<boolean> {
    return await endsWithin(this.leftMs, work);
  }
}

/** Whether the work ended within the time. Rejects as the work does; once it is late, nobody hears how it ends. */
export async function endsWithin(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    // Timers drop fractions of a millisecond, and would be early.
    timer = setTimeout(() => resolve(false), Math.ceil(limitMs));
  });
  const ended = work.then(() => true);
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
    ended.catch(() => undefined);
  }
}

/** How a grace period is divided: requests and jobs have the first part, closing the services the rest. */
export interface Grace {
  readonly totalMs: number;
  readonly workMs: number;
}

/**
 * The services have a quarter of the time, but at least 2 seconds, even if less was given, and at most 5. The last moment of it, up to half
 * a second, is for the exit itself.
 */
export function divideGrace(graceMs: number): Grace {
  const closingMs = Math.min(5_000, Math.max(2_000, graceMs / 4));
  const exitMs = Math.min(500, graceMs / 20);
  return { totalMs: Math.max(graceMs, closingMs) - exitMs, workMs: Math.max(0, graceMs - closingMs) };
}

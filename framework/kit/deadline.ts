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
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const ended = work.then(() => true);
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
    ended.catch(() => undefined);
  }
}

/** How much of a grace period is set aside for closing the services, after requests and jobs had the rest. */
export function closingShareMs(graceMs: number): number {
  return Math.min(5_000, graceMs / 4);
}

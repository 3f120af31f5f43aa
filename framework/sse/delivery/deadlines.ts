const precisionMs = 250;

interface Ending {
  /** `expiresAt` in milliseconds since the Unix epoch. */
  readonly facts: { readonly expiresAt: number };
}

/** When each stream must end. Never tells early: a client that came back before its session was over would get another stream. */
export class Deadlines<Stream extends Ending> {
  readonly #buckets = new Map<number, Set<Stream>>();

  add(stream: Stream): void {
    const bucket = bucketOf(stream);
    if (bucket === Number.POSITIVE_INFINITY) return;
    const present = this.#buckets.get(bucket);
    if (present) present.add(stream);
    else this.#buckets.set(bucket, new Set([stream]));
  }

  delete(stream: Stream): void {
    const bucket = bucketOf(stream);
    const present = this.#buckets.get(bucket);
    if (present?.delete(stream) && present.size === 0) this.#buckets.delete(bucket);
  }

  /** The streams whose time is over; they are told until they are deleted. */
  due(now: number): readonly Stream[] {
    const due = [...this.#buckets].filter(([bucket]) => bucket * precisionMs <= now);
    return due.flatMap(([, streams]) => [...streams]);
  }
}

function bucketOf({ facts }: Ending): number {
  return Math.ceil(facts.expiresAt / precisionMs);
}

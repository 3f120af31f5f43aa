/** When a message in the queue is sent again that couldn't be delivered. */
export interface MailRetries {
  /** The number of attempts. Default: 42, which is about three days with the default delays. */
  readonly attempts?: number;
  /** The delay after the first failure, in milliseconds. Default: one minute. */
  readonly baseMs?: number;
  /** What each further failure multiplies it by. Default: 2. */
  readonly factor?: number;
  /** The longest delay, in milliseconds. Default: two hours. */
  readonly maxMs?: number;
  /** How much of the delay is random, 0 to 1. Default: 0.2. */
  readonly jitter?: number;
}

/**
 * Quick at first, because people wait for links. Servers that know a sender only after some minutes (greylisting) accept the fourth
 * attempt, and one that is away for a weekend still gets everything.
 */
export function mailRetries(retries: MailRetries = {}): Required<MailRetries> {
  return { attempts: 42, baseMs: 60_000, factor: 2, maxMs: 7_200_000, jitter: 0.2, ...retries };
}

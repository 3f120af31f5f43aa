/** The time, as a value that tests can turn. Milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

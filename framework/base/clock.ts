/** Tells the time, in milliseconds since the Unix epoch. Tests can replace it. */
export interface Clock {
  now(): number;
}

/** The system clock. */
export const systemClock: Clock = { now: () => Date.now() };

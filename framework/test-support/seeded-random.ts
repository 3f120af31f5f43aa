/** A random whole number from 0 up to, but not including, a limit. */
export type Random = (below: number) => number;

/** The same numbers for the same seed, which `Math.random` can't promise. "mulberry32": its small numbers in a row don't depend on each other. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

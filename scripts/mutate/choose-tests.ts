import { dirname } from "node:path/posix";
import type { ReachMap } from "./reach-map.ts";

export interface Target {
  readonly file: string;
  readonly room: string;
  /** The functions around the mutation, from the inside out; none at the top level of a file. */
  readonly functions: readonly string[];
}

/** How many test files of other rooms are tried. */
const maxFarther = 8;

/** The test files that could notice a mutation: those that call its function, the nearest and shortest first. */
export function chooseTests({ functions: known, tests }: ReachMap, target: Target): readonly string[] {
  // A function that is newer than the map is reached with the one around it.
  const name = target.functions.find((name) => known.includes(name));
  const isReached = (reached: string) => (name ? reached === name : reached.startsWith(`${target.file} `));
  // Constants are used without calling anything in their file.
  const isUncallable = name === undefined && !known.some(isReached);
  const ranked = Object.entries(tests)
    .filter(([, { isBroken }]) => !isBroken)
    .filter(([test, { functions }]) => (isUncallable ? test.startsWith(`${target.room}/`) : functions.some(isReached)))
    .map(([test, { durationMs }]) => ({ test, durationMs, distance: distanceOf(test, target) }))
    .sort((left, right) => left.distance - right.distance || left.durationMs - right.durationMs);
  const near = ranked.filter(({ distance }) => distance < 2);
  const far = ranked.filter(({ distance }) => distance === 2).slice(0, maxFarther);
  return [...near, ...far].map(({ test }) => test);
}

/** In the same folder, in the same room, or elsewhere. */
function distanceOf(test: string, { file, room }: Target): 0 | 1 | 2 {
  if (dirname(test) === dirname(file)) return 0;
  return test.startsWith(`${room}/`) ? 1 : 2;
}

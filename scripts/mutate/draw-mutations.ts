import { isEquivalent } from "./equivalent-mutations.ts";
import { applyMutation, type Mutation } from "./mutation.ts";
import type { ParsedSources } from "./parsed-sources.ts";

export interface Draw {
  readonly mutations: readonly Mutation[];
  readonly equivalent: number;
  readonly refused: number;
}

/** The first mutations that count: which the compiler accepts, and which change something. */
export function drawMutations(shuffled: readonly Mutation[], count: number, parsed: ParsedSources): Draw {
  const mutations: Mutation[] = [];
  let equivalent = 0;
  let refused = 0;
  for (const mutation of shuffled) {
    if (mutations.length === count) break;
    if (isEquivalent(mutation)) equivalent += 1;
    else if (!parsed.isSound(mutation.file, applyMutation(parsed.parse(mutation.file).text, mutation))) refused += 1;
    else mutations.push(mutation);
  }
  return { mutations, equivalent, refused };
}

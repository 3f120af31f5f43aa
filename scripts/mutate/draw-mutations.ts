import { applyMutation, type Mutation } from "./mutation.ts";
import type { ParsedSources } from "./parsed-sources.ts";

export interface Draw {
  readonly mutations: readonly Mutation[];
  readonly refused: number;
}

/** The first mutations that the compiler accepts. */
export function drawMutations(shuffled: readonly Mutation[], count: number, parsed: ParsedSources): Draw {
  const mutations: Mutation[] = [];
  let refused = 0;
  for (const mutation of shuffled) {
    if (mutations.length === count) break;
    if (!parsed.isSound(mutation.file, applyMutation(parsed.parse(mutation.file).text, mutation))) refused += 1;
    else mutations.push(mutation);
  }
  return { mutations, refused };
}

import { createHash } from "node:crypto";
import { type Mutation, mutationKey } from "./mutation.ts";

/**
 * Puts mutations in an order that depends on the seed and on each mutation alone, so the first ones are a random sample,
 * which stays nearly the same when the sources change a little.
 */
export function shuffleMutations(mutations: readonly Mutation[], seed: number): readonly Mutation[] {
  const seen = new Map<string, number>();
  const ranked = mutations.map((mutation) => {
    const key = mutationKey(mutation);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const rank = createHash("sha256").update(`${seed}\0${occurrence}\0${key}`).digest("hex");
    return { mutation, rank };
  });
  return ranked.sort((left, right) => (left.rank < right.rank ? -1 : 1)).map(({ mutation }) => mutation);
}

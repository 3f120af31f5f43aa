import type { Mutation } from "./mutation.ts";

/** A mutation that changes nothing that anyone can notice, and why. It doesn't count. */
export interface EquivalentMutation {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** Reviewed by hand. An entry whose code is gone must go as well, which a test checks. */
export const equivalentMutations: readonly EquivalentMutation[] = [];

export function isEquivalent({ file, before, after }: Mutation): boolean {
  return equivalentMutations.some((known) => known.file === file && known.before === before && known.after === after);
}

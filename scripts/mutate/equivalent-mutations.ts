import type { Mutation } from "./mutation.ts";

/** A mutation that changes nothing that anyone can notice, and why. It doesn't count. */
export interface EquivalentMutation {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** Reviewed by hand. An entry whose code is gone must go as well, which a test checks. */
export const equivalentMutations: readonly EquivalentMutation[] = [
  {
    file: "framework/secure/rate-limits/rate-limit.ts",
    before: 'const key = options.key ?? ((c: Context) => addressKey(c.get("clientAddress") ?? "unknown"));',
    after: 'const key = options.key ?? ((c: Context) => addressKey(c.get("clientAddress") ?? ""));',
    reason: "Any constant will do: requests without an address share one counter, and nothing else has that key.",
  },
  {
    file: "framework/secure/csrf/csrf-token.ts",
    before: "return !binding.isNew && signer.isMac(token, binding.id, purpose);",
    after: "return signer.isMac(token, binding.id, purpose);",
    reason:
      "The id of a new binding was drawn in the same request, so no token was made for it yet. It only saves the check.",
  },
  {
    file: "framework/secure/signer.ts",
    before: "if (known) return known;",
    after: ";",
    reason: "The key is derived again, with the same result. It only saves time.",
  },
  {
    file: "framework/secure/requests/parse-multipart.ts",
    before: "const end = headerEnd < 0 ? -1 : body.indexOf(delimiter, headerEnd + 2);",
    after: "const end = headerEnd <= 0 ? -1 : body.indexOf(delimiter, headerEnd + 2);",
    reason: "A header comes after the first delimiter, so it never ends at 0.",
  },
  {
    file: "framework/secure/requests/parse-multipart.ts",
    before: "return end < 0 ? -1 : start + end;",
    after: "return end < 0 ? -2 : start + end;",
    reason: "Callers ask only whether it's negative.",
  },
  {
    file: "framework/auth/tokens/tokens.ts",
    before: "if (!/^[\\w-]{43}$/.test(token)) return null;",
    after: ";",
    reason: "Nothing of another shape is ever stored. It only saves the lookup.",
  },
];

export function isEquivalent({ file, before, after }: Mutation): boolean {
  return equivalentMutations.some((known) => known.file === file && known.before === before && known.after === after);
}

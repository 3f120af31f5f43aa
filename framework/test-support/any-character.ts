import fc from "fast-check";

const firstSurrogate = 0xd800;
const surrogates = 0x800;

/**
 * Any character in Unicode, for `fc.string({ unit })`. The unit `"binary"` draws the same ones, but spends more than a second on a map of
 * all of them.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff - surrogates })
  .map((n) => String.fromCodePoint(n < firstSurrogate ? n : n + surrogates), numberOf);

/** For fast-check, which mixes words like `__proto__` into strings if it can take them apart. */
function numberOf(text: unknown): number {
  const code = typeof text === "string" ? text.codePointAt(0) : undefined;
  const isCharacter = code !== undefined && text === String.fromCodePoint(code);
  if (!isCharacter || (code >= firstSurrogate && code < firstSurrogate + surrogates))
    throw new TypeError("not one character");
  return code < firstSurrogate ? code : code - surrogates;
}

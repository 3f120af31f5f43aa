import { describe, expect, it } from "vitest";
import { locateMutation } from "./mutation.ts";
import { shuffleMutations } from "./sample.ts";

const text = Array.from({ length: 20 }, (_, line) => `const a${line} = 1;\n`).join("");
const mutations = [...text.matchAll(/1;/g)].map(({ index }) =>
  locateMutation("a.ts", text, { kind: "constant", start: index, end: index + 1, replacement: "2" }),
);
const order = (seed: number) => shuffleMutations(mutations, seed).map(({ before }) => before);

describe("shuffleMutations", () => {
  it("depends on the seed alone", () => {
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });

  it("keeps the order of the others when one is gone", () => {
    const fewer = shuffleMutations(mutations.slice(1), 1).map(({ before }) => before);

    expect(fewer).toEqual(order(1).filter((line) => line !== mutations[0]?.before));
  });
});

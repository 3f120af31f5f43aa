import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { equivalentMutations } from "./equivalent-mutations.ts";

const read = (file: string) => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), "utf8");

describe("equivalentMutations", () => {
  it("names lines that are still there", () => {
    const gone = equivalentMutations.filter(({ file, before }) => !read(file).includes(before));

    expect(gone).toEqual([]);
  });
});

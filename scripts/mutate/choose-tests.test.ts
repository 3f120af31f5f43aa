import { describe, expect, it } from "vitest";
import { chooseTests } from "./choose-tests.ts";

const test = (durationMs: number, functions: readonly string[], isBroken = false) => ({
  hash: "",
  durationMs,
  functions,
  isBroken,
  rooms: ["framework/db"],
});
const read = "framework/db/sub/a.ts › read";
const map = {
  functions: [read, "framework/db/sub/a.ts › write"],
  tests: {
    "app/app.test.ts": test(1, [read]),
    "framework/db/slow.test.ts": test(9, [read]),
    "framework/db/quick.test.ts": test(2, [read]),
    "framework/db/sub/a.test.ts": test(50, [read]),
    "framework/db/sub/other.test.ts": test(1, ["framework/db/sub/a.ts › write"]),
    "framework/db/broken.test.ts": test(1, [read], true),
    "framework/db/idle.test.ts": test(1, []),
  },
};
const target = { file: "framework/db/sub/a.ts", room: "framework/db" };

describe("chooseTests", () => {
  it("takes the tests that call the function: the same folder first, then the room, then the others, quick ones first", () => {
    expect(chooseTests(map, { ...target, functions: [read] })).toEqual([
      "framework/db/sub/a.test.ts",
      "framework/db/quick.test.ts",
      "framework/db/slow.test.ts",
      "app/app.test.ts",
    ]);
  });

  it("takes those of the function around a new one", () => {
    const functions = [`${read} › new`, read];

    expect(chooseTests(map, { ...target, functions })).toContain("framework/db/quick.test.ts");
  });

  it("takes those of the whole file at its top level", () => {
    expect(chooseTests(map, { ...target, functions: [] })).toContain("framework/db/sub/other.test.ts");
  });

  it("takes all of the room for a file without functions", () => {
    const chosen = chooseTests(map, { ...target, file: "framework/db/constants.ts", functions: [] });

    expect(chosen).toContain("framework/db/idle.test.ts");
    expect(chosen).not.toContain("app/app.test.ts");
  });

  it("takes none if no test calls the function", () => {
    const never = "framework/db/sub/a.ts › never";

    expect(chooseTests({ ...map, functions: [never] }, { ...target, functions: [never] })).toEqual([]);
  });
});

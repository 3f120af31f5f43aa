import { afterAll, describe, expect, it } from "vitest";
import { findFunctions, functionsAt } from "./function-names.ts";
import { markFunctions } from "./reach-marks.ts";
import { openProject } from "./test-project.ts";

const text = `function outer() {
  const inner = () => 1;
  return [2, () => inner()];
}
class Thing { constructor() { outer(); } get it() { return 3; } }
`;
const parsed = openProject(text);
const source = parsed.parse("code.tsx");
afterAll(() => parsed.close());

describe("findFunctions", () => {
  it("names functions by what is around them", () => {
    const names = findFunctions("code.tsx", source).map(({ name }) => name);

    expect(names).toEqual([
      "code.tsx › outer",
      "code.tsx › outer › inner",
      "code.tsx › outer › function",
      "code.tsx › constructor",
      "code.tsx › it",
    ]);
  });
});

describe("functionsAt", () => {
  const functions = findFunctions("code.tsx", source);

  it("lists the functions around a place from the inside out", () => {
    expect(functionsAt(functions, text.indexOf("1;"))).toEqual(["code.tsx › outer › inner", "code.tsx › outer"]);
  });

  it("finds none at the top level", () => {
    expect(functionsAt(functions, text.indexOf("class"))).toEqual([]);
  });
});

describe("markFunctions", () => {
  it("lets each function tell its name, on the line where it was", () => {
    const lines = markFunctions("code.tsx", source, "/recorder.mjs").split("\n");

    expect(lines[0]).toBe('function outer() {recordReach("code.tsx › outer");');
    expect(lines[1]).toBe('  const inner = () => (recordReach("code.tsx › outer › inner"), 1);');
    expect(lines[4]).toContain('get it() {recordReach("code.tsx › it"); return 3; }');
  });
});

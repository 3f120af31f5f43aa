import { describe, expect, it } from "vitest";
import { findMutations } from "./find-mutations.ts";
import { openProject } from "./test-project.ts";

/** The changed lines, each with the kind of its change. */
function mutate(text: string): string[] {
  const parsed = openProject(text);
  try {
    return findMutations("code.tsx", parsed.parse("code.tsx")).map(({ kind, after }) => `${kind}: ${after}`);
  } finally {
    parsed.close();
  }
}

describe("findMutations", () => {
  it("turns comparisons, logic and arithmetic into their neighbors", () => {
    const found = mutate("const ok = a < b && c;\nconst sum = a + b;\n");

    expect(found).toEqual([
      "logic: const ok = a < b || c;",
      "logic: const ok = c;",
      "comparison: const ok = a <= b && c;",
      "arithmetic: const sum = a - b;",
    ]);
  });

  it("drops guards, and turns their condition around", () => {
    const found = mutate("function f(a) {\n  if (!a) return null;\n  return a;\n}\n");

    expect(found).toEqual(["condition: if (!(!a)) return null;", "dropped guard: ;", "negation: if (a) return null;"]);
  });

  it("drops calls and assignments whose value isn't used", () => {
    const found = mutate("async function f(a) {\n  await a.close();\n  a.open = b;\n}\n");

    expect(found).toEqual(["dropped statement: ;", "dropped statement: ;"]);
  });

  it("drops a throw that ends a function", () => {
    expect(mutate("function f() {\n  throw g;\n}\n")).toEqual(["dropped throw: ;"]);
  });

  it("changes numbers, truths and texts", () => {
    const found = mutate("const a = [1, true, 'x', '', `b`];\n");

    expect(found).toEqual([
      "constant: const a = [2, true, 'x', '', `b`];",
      "constant: const a = [1, false, 'x', '', `b`];",
      "text: const a = [1, true, \"\", '', `b`];",
      "text: const a = [1, true, 'x', \"mutated\", `b`];",
      "text: const a = [1, true, 'x', '', \"\"];",
    ]);
  });

  it("turns a large number into 0, and leaves the results of a comparison alone", () => {
    expect(mutate("const a = 60_000;\nconst b = c ? -1 : 1;\n")).toEqual(["constant: const a = 0;"]);
  });

  it("makes a random token empty rather than longer", () => {
    expect(mutate("const a = randomToken(9);\nconst b = other(9);\n")).toEqual([
      "constant: const a = randomToken(0);",
      "constant: const b = other(10);",
    ]);
  });

  it("lets a pattern match in the middle", () => {
    expect(mutate("const a = /^b$/i;\n")).toEqual(["pattern: const a = /b$/i;", "pattern: const a = /^b/i;"]);
  });

  it("turns methods into their opposite, or leaves them out", () => {
    expect(mutate("a.some(b).filter(c);\n")).toEqual([
      "dropped statement: ;",
      "method: a.some(b);",
      "method: a.every(b).filter(c);",
    ]);
  });

  it("takes the default where there is a value", () => {
    expect(mutate("const a = b ?? c;\n")).toEqual(["default: const a = c;"]);
  });

  it("leaves imports, types, prose and looks alone", () => {
    const found = mutate(
      [
        'import { a } from "./a.ts";',
        'type B = "b" | 2;',
        'const error = { message: "It failed", "content-type": c };',
        'const text = "That isn\'t a number.";',
        'const element = <p class="quiet">{d}</p>;',
        "const problem = `'d' was edited after that.`;",
        'const name = Symbol("the connection");',
      ].join("\n"),
    );

    expect(found).toEqual([]);
  });

  it("leaves the text of a line in the log alone, but drops the line", () => {
    expect(mutate('this.#log.warn({ a: "b" }, "it was lost");\n')).toEqual([
      "dropped statement: ;",
      'text: this.#log.warn({ a: "" }, "it was lost");',
    ]);
  });

  it("says where the change is", () => {
    const parsed = openProject("const a = 'é';\nconst b = 1;\n");

    const found = findMutations("code.tsx", parsed.parse("code.tsx"));

    parsed.close();
    expect(found[1]).toMatchObject({ file: "code.tsx", line: 2, before: "const b = 1;", after: "const b = 2;" });
  });
});

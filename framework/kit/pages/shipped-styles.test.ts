import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const sheets = [
  "public/buffkit.css",
  "public/dev.css",
  "public/jobs.css",
  "app/public/app.css",
  "create/template/notes.css",
  "examples/public/example.css",
];

const physical = /(?:^|[\s-])(?:left|right)\s*:|:\s*(?:left|right)\s*[;}]/;
const movedAside = /^\s*translate:(?!\s*(?:0(?=[\s;])|none))/;
const fourSides = /^\s*(?:padding|margin|inset|border-width|scroll-margin):\s*([^;]+);/;

/** Lines that look the same from right to left only by chance: they name a side, or have one value for each. */
function sidedLines(css: string): string[] {
  return css.split("\n").filter((line) => physical.test(line) || movedAside.test(line) || hasUnequalSides(line));
}

function hasUnequalSides(line: string): boolean {
  let values = fourSides.exec(line)?.[1] ?? "";
  // Functions without functions in them, until none is left: what counts is where a value ends.
  while (/\([^()]*\)/.test(values))
    values = values.replace(/\(([^()]*)\)/g, (_, inner: string) => inner.replace(/\s/g, "_"));
  const [, right, , left] = values.trim().split(/\s+/);
  return left !== undefined && left !== right;
}

describe("shipped styles", () => {
  it.each(sheets)("work from right to left: %s", (sheet) => {
    expect(sidedLines(readFileSync(new URL(`../../../${sheet}`, import.meta.url), "utf8"))).toEqual([]);
  });

  it("would show a side that is written down", () => {
    const css =
      "  margin-left: 1rem;\n  text-align: right;\n  padding: 0 1rem calc(1px + (2px)) 0;\n  translate: -50%;\n  left: 0;";

    expect(sidedLines(css)).toHaveLength(5);
    expect(sidedLines("  padding: 0 1px 2px 1px;\n  padding: 1rem max(1px, 2px);\n  translate: 0 -50%;\n")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { checkSelector } from "./check-selector.ts";

const possible = [
  "#price",
  "#item-1abc",
  "#-a",
  "#--a",
  "#\\31 abc",
  "#a\\:b",
  '[id="1abc"]',
  "[data-id='a:b' i]",
  "[data-a], [data-b~=c]",
  "#größe",
  ".column .card > .card-title",
  "ul li + li ~ li",
  "*",
  "svg *|a",
  "table tr:nth-child(2n + 1) td:last-child",
  "li:nth-child(odd of .open, .late)",
  "li:not(.done, [hidden])",
  "section:has(> h2:first-child)",
  ":is(h1, h2):where()",
  ":lang(de)",
  "dialog:modal",
  "input:-webkit-autofill",
  "my-element:state(open)",
  "#a , #b",
  "closest tr",
  "next <li/>",
  "this",
  "body",
];

const impossible = [
  "",
  "#1abc",
  "#a:b",
  "#",
  ".2col",
  "#a..b",
  "a > > b",
  "#a >",
  "> #a",
  ",#a",
  "#a,",
  "[id=1]",
  "[id",
  "#a::b",
  "li:nth-child(x)",
  "li:not(#1)",
  "li:not()",
  "#a(b)",
  "#a/b",
  "#user@example",
  "#a]",
  "ns|a",
  "#6f9619ff-8b86-d011-b42d-00cf4fc964ff",
];

describe("checkSelector", () => {
  it.each(possible)("lets %j through", (selector) => {
    expect(checkSelector(selector)).toBe(selector);
  });

  it.each(impossible)("refuses %j", (selector) => {
    expect(() => checkSelector(selector)).toThrow(expect.objectContaining({ code: "HTML_SELECTOR_IMPOSSIBLE" }));
  });

  it("names a selector that works when only the id can't be one", () => {
    expect(() => checkSelector("#1abc")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('[id="1abc"]') }),
    );
  });
});

import juice from "juice";
import { describe, expect, it } from "vitest";
import { createCssInliner } from "./css-inliner.ts";

const style = "<style>.a { color: red } p.b > a { color: blue } @media (width < 9px) { .a { color: lime } }</style>";
const page = (body: string, head = style) => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const plainly = (html: string) =>
  juice(html, { preserveMediaQueries: true, preserveImportant: true, removeStyleTags: true });

describe("createCssInliner", () => {
  it("gives what juice gives, the first time and afterwards", async () => {
    const inline = createCssInliner();
    const first = page(
      '<p class="a">One &amp; only</p><p class="b"><a href="https://a.example/?x=1&amp;y=2">Go</a></p>',
    );
    const second = page(
      '<p class="a">Two &lt;b&gt;</p><p class="b"><a href="https://b.example/">Stay $1 $&amp;</a></p>',
    );

    expect(await inline(first)).toBe(plainly(first));
    expect(await inline(second)).toBe(plainly(second));
  });

  it("tells kinds apart by what rules can see", async () => {
    const inline = createCssInliner();
    const red = page('<p class="a">One</p>');
    const none = page('<p class="c">One</p>');

    expect([await inline(red), await inline(none)]).toEqual([plainly(red), plainly(none)]);
  });

  it.each([
    ["a comment", page('<!-- <p class="a"> --><p class="a">x</p>')],
    ["a rule that asks for a value", page('<a href="x">x</a>', '<style>a[href="x"] { color: red }</style>')],
    ["its own marks", page('<p class="a">\uE0000\uE001</p>')],
  ])("takes no page apart with %s", async (_what, html) => {
    const inline = createCssInliner();

    expect([await inline(html), await inline(html)]).toEqual([plainly(html), plainly(html)]);
  });
});

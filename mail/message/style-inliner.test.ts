import juice from "juice";
import { describe, expect, it } from "vitest";
import { createLogger, silentLogger } from "../../framework/base/index.ts";
import { createStyleInliner } from "./style-inliner.ts";

const rules = ".a { color: red } @media (width < 9px) { .a { color: lime } }";
const page = (style: string) => `<!doctype html><html><head>${style}</head><body><p class="a">x</p></body></html>`;

function missing(): Promise<never> {
  return Promise.reject(new Error("Cannot find package 'juice'"));
}

function captureLog() {
  const lines: string[] = [];
  return { lines, log: createLogger({ destination: { write: (line: string) => void lines.push(line) } }) };
}

describe("createStyleInliner", () => {
  it("writes rules into the elements they match and keeps those in @media", async () => {
    const html = await createStyleInliner({ log: silentLogger })(page(`<style>${rules}</style>`));

    expect(html).toContain('<p class="a" style="color: red;">x</p>');
    expect(html).toMatch(/<style>\s*@media \(width < 9px\)/);
  });

  it.each([
    ["no style", ""],
    ["@media rules alone", "<style>/* .b { } */ @media (width < 9px) { .a { color: lime } }</style>"],
    ["@import and @font-face alone", '<style>@import "x.css"; @font-face { font-family: x }</style>'],
  ])("leaves a page with %s as it is, without juice", async (_what, style) => {
    const inline = createStyleInliner({ log: silentLogger, loadJuice: missing });

    expect(await inline(page(style))).toBe(page(style));
  });

  it("keeps a style marked data-embed in the head, with juice and without", async () => {
    const marked = `<style data-embed>${rules}</style>`;
    const withRules = page(`${marked}<style>.b { color: blue }</style>`);

    const inlined = await createStyleInliner({ log: silentLogger })(withRules);
    const kept = await createStyleInliner({ log: silentLogger, loadJuice: missing })(page(marked));

    expect(inlined).toContain(`<style>${rules}</style>`);
    expect(kept).toBe(page(`<style>${rules}</style>`));
  });

  it("keeps the styles and warns once when juice isn't installed", async () => {
    const { lines, log } = captureLog();
    const inline = createStyleInliner({ log, loadJuice: missing });
    const html = page(`<style>${rules}</style>`);

    const answers = [await inline(html), await inline(html)];

    expect(answers).toEqual([html, html]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("npm install juice");
  });

  it("loads juice once", async () => {
    let loads = 0;
    const loadJuice = async () => {
      loads += 1;
      return juice;
    };
    const inline = createStyleInliner({ log: silentLogger, loadJuice });

    await Promise.all([inline(page(`<style>${rules}</style>`)), inline(page(`<style>${rules}</style>`))]);

    expect(loads).toBe(1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { raw } from "../framework/html/index.ts";
import { createRegistry } from "./registry.ts";

function createFixture() {
  const registry = createRegistry();
  registry.register("bk-a", ({ attributes, children }) => [raw(`[${attributes.x ?? ""}:`), children, raw("]")]);
  return registry;
}

// Markup and its expected expansion.
interface Piece {
  readonly source: string;
  readonly expanded: string;
}

const verbatim = fc
  .constantFrom(
    ...[
      "text ",
      "a < b &amp; c",
      "<br>",
      "<p class='<bk-a>'>",
      '<i title="</bk-a>">',
      "<!-- <bk-a x=1> -->",
      "<!-->",
      "<!doctype html>",
    ],
    ...[
      "<script>'<bk-a></bk-a>'</script>",
      "<style></bk-a></style>",
      "<textarea><bk-a></textarea>",
      "<bk-b x='1'>",
      "</bk-b>",
    ],
    ...["<script><!--<script></script><bk-a>--></script>", "<TITLE></bk-a></title >", "</ bk-a>", "<?bk-a <bk-a ?>"],
  )
  .map((source): Piece => ({ source, expanded: source }));

const value = fc.constantFrom("", "1", "a b", "&", "<bk-a>", "]", "é");

function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

const { pieces } = fc.letrec<{ piece: Piece; component: Piece; pieces: Piece }>((tie) => ({
  pieces: fc.array(tie("piece"), { maxLength: 5 }).map(
    (list): Piece => ({
      source: list.map(({ source }) => source).join(""),
      expanded: list.map(({ expanded }) => expanded).join(""),
    }),
  ),
  piece: fc.oneof({ depthSize: "small", withCrossShrink: true }, verbatim, tie("component")),
  component: fc.tuple(value, tie("pieces"), fc.constantFrom("", " ", "\n")).map(
    ([x, inner, space]): Piece => ({
      source: `<bk-a${space} x="${quoted(x)}"${space}>${inner.source}</bk-a${space}>`,
      expanded: `[${x}:${inner.expanded.trim() === "" ? "" : inner.expanded}]`,
    }),
  ),
}));

describe("expandTags on arbitrary markup", () => {
  it("expands exactly the tags that a browser would see, at any depth", () => {
    fc.assert(
      fc.property(pieces, ({ source, expanded }) => {
        expect(createFixture().expand(source)).toBe(expanded);
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves everything byte for byte when no component is registered", () => {
    const shred = fc.constantFrom(
      "<bk-a",
      "</bk-a",
      "<",
      ">",
      "/>",
      '"',
      "'",
      "=",
      " ",
      "<!--",
      "-->",
      "<script>",
      "</script>",
      "<bk-slot>",
      "x",
    );

    fc.assert(
      fc.property(fc.array(shred, { maxLength: 40 }), (shreds) => {
        const html = shreds.join("");
        expect(createRegistry().expand(html)).toBe(html);
      }),
      { numRuns: 2000 },
    );
  });
});

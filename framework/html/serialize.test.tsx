import fc from "fast-check";
import { html } from "hono/html";
import { createContext, Fragment, jsx, memo, useContext } from "hono/jsx";
import { describe, expect, it } from "vitest";
import type { Html } from "./html.ts";
import { raw } from "./html.ts";
import { renderHtml } from "./render-html.ts";

const Depth = createContext(0);

function Deeper({ children }: { children?: Html }) {
  const depth = useContext(Depth);
  return (
    <Depth.Provider value={depth + 1}>
      <i data-depth={depth}>{children}</i>
    </Depth.Provider>
  );
}

const Kept = memo(({ children }: { children?: Html }) => <u>{children}</u>);

async function Later({ children }: { children?: Html }) {
  await Promise.resolve();
  return <Deeper>{children}</Deeper>;
}

const text = fc.constantFrom("", "a", "<&>\"'", "é\u2028");
const props = fc.record(
  {
    id: text,
    className: text,
    hidden: fc.boolean(),
    "aria-busy": fc.boolean(),
    tabindex: fc.integer(),
    title: fc.constantFrom(null, undefined, "x"),
    style: fc.constantFrom({ marginTop: 3, color: "red" }, "a;b"),
    "hx-target:inherited": text,
    "bad name": text,
    strokeWidth: fc.constantFrom(2, "3"),
    "clip-path": text,
    viewBox: text,
    textAnchor: text,
  },
  { requiredKeys: [] },
);

const tags = fc.constantFrom<Parameters<typeof jsx>[0]>(
  "p",
  "br",
  "svg",
  "path",
  "title",
  "foreignObject",
  "button",
  "input",
  Fragment,
  Deeper,
  Kept,
  Later,
);

const { node } = fc.letrec<{ node: Html }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom(null, undefined, false, 12, raw("<hr>"), html`<b>${"<"}</b>`),
    fc.array(tie("node"), { maxLength: 3 }),
    fc
      .tuple(tags, props, fc.array(tie("node"), { maxLength: 3 }))
      .map(([tag, given, children]) => jsx(tag, { ...given }, ...children)),
  ),
}));

describe("serialize", () => {
  it("agrees with hono's own serializer on every tree", async () => {
    await fc.assert(
      fc.asyncProperty(node, async (tree) => {
        const theirs = await jsx(() => jsx("div", {}, tree), {}).toString();

        expect(await renderHtml(jsx("div", {}, tree))).toBe(String(theirs));
      }),
      { numRuns: 400 },
    );
  });

  it("moves a title from the body to the head, inside a context and after an asynchronous component", async () => {
    async function Soon({ children }: { children?: Html }) {
      await Promise.resolve();
      return <i>{children}</i>;
    }
    const page = (Around: typeof Soon | typeof Kept) => (
      <html lang="en">
        <head />
        <body>
          <Around>
            <title>t</title>
          </Around>
        </body>
      </html>
    );

    const within = await renderHtml(<Depth.Provider value={1}>{page(Kept)}</Depth.Provider>);
    const later = await renderHtml(page(Soon));

    expect(within).toBe('<html lang="en"><head><title>t</title></head><body><u></u></body></html>');
    expect(later).toBe('<html lang="en"><head><title>t</title></head><body><i></i></body></html>');
  });

  it("refuses unsafe URLs in URL attributes, also inside contexts and async components", async () => {
    const link: string = "javascript:alert(1)";
    const rendered = await renderHtml(
      <Later>
        <a href={link}>x</a>
        <form action={link} />
        <img src="data:text/html,x" alt="" />
        <button type="button" hx-get={link} formaction={link} />
      </Later>,
    );

    expect(rendered).not.toContain("javascript:");
    expect(rendered).not.toContain("data:");
    expect(rendered.match(/about:invalid#unsafe/g)).toHaveLength(5);
  });

  it("allows data: URLs for images, and ordinary URLs", () => {
    const address = "https://a.test/?b=javascript:c";
    const picture = "data:image/png;base64,AAAA";

    expect(renderHtml([<img src={picture} alt="" />, <a href={address}>x</a>]).toString()).toBe(
      `<img src="${picture}" alt=""/><a href="${address}">x</a>`,
    );
  });

  it.each<readonly [name: string, node: (address: string) => Html]>([
    ["a link in a picture", (href) => jsx("svg", {}, jsx("a", { href }))],
    ["an old link in a picture", (href) => jsx("svg", {}, jsx("g", {}, jsx("a", { "xlink:href": href })))],
    ["a copy in a picture", (href) => jsx("svg", {}, jsx("use", { href }))],
    ["a link in HTML in a picture", (href) => jsx("svg", {}, jsx("foreignObject", {}, jsx("a", { href })))],
    ["a link by a component in a picture", (href) => jsx("svg", {}, jsx(Deeper, {}, jsx("a", { href })))],
    ["a link that comes later in a picture", (href) => jsx("svg", {}, jsx(Later, {}, jsx("a", { href })))],
    ["an animated link", (to) => jsx("svg", {}, jsx("a", {}, jsx("animate", { attributeName: "href", to })))],
    ["a link that is set", (to) => jsx("svg", {}, jsx("set", { attributeName: "xlink:href", to }))],
    ["a link that is animated in steps", (to) => jsx("animate", { attributeName: "href", values: `/a;${to};/b` })],
    ["a refresh", (url) => jsx("meta", { "http-equiv": "Refresh", content: `0; URL='${url}` })],
    ["a script", (src) => jsx("script", { src, async: true })],
    ["a style sheet", (href) => jsx("link", { rel: "icon", href })],
    ["pictures by size", (url) => jsx("img", { srcset: `/a.png 1x, ${url} 2x`, alt: "" })],
    ["a ping", (url) => jsx("a", { ping: `/a ${url}` })],
    ["a video's picture", (poster) => jsx("video", { poster })],
    ["an object", (data) => jsx("object", { data })],
    ["htmx's attribute with the prefix data-", (url) => jsx("i", { "data-hx-get": url })],
    ["htmx's inherited attribute", (url) => jsx("i", { "hx-push-url:inherited": url })],
    ["htmx's stream", (url) => jsx("i", { "hx-sse:connect": url })],
    ["a name in capitals", (HREF) => jsx("a", { HREF })],
    ["a URL object", (href) => jsx("a", { href: new URL(href) })],
    ["an address that comes later", (href) => jsx("a", { href: Promise.resolve(href) })],
    ["a trusted text", (href) => jsx("a", { href: raw(href) })],
  ])("refuses unsafe addresses in %s, and allows others", async (_name, node) => {
    const [refused, allowed] = [
      await renderHtml(node("javascript:alert(1)")),
      await renderHtml(node("https://a.test/?b=1")),
    ];

    expect(refused).not.toContain("javascript:");
    expect(refused).toContain('"about:invalid#unsafe"');
    expect(allowed).toContain("https://a.test/?b=1");
  });

  it("leaves text alone that isn't an address", () => {
    const tree = [
      <meta name="description" content="javascript: a language" />,
      jsx("svg", {}, jsx("animate", { attributeName: "fill", to: "x:y", values: "1;2" })),
    ];

    expect(String(renderHtml(tree))).not.toContain("unsafe");
  });

  it("allows the empty icon, which keeps browsers from asking for one", () => {
    expect(renderHtml(<link rel="icon" href="data:," />)).toBe('<link rel="icon" href="data:,"/>');
  });

  it("allows data: URLs for pictures in SVG and in sizes", () => {
    const picture = "data:image/png;base64,AAAA";

    const rendered = String(
      renderHtml([jsx("svg", {}, jsx("image", { href: picture })), <img srcset={`${picture} 2x`} alt="" />]),
    );

    expect(rendered.match(/data:image/g)).toHaveLength(2);
  });

  it("escapes the text of objects that are children", async () => {
    const given = { toString: () => "<script>" } as unknown as Html;

    expect(await renderHtml(<p>{given}</p>)).toBe("<p>&lt;script&gt;</p>");
    expect(await renderHtml(<p>{Promise.resolve(given)}</p>)).toBe("<p>&lt;script&gt;</p>");
  });

  it("prints the value of an asynchronous attribute in its place", async () => {
    expect(await renderHtml(<p id="a" class={Promise.resolve('"')} title="b" />)).toBe(
      '<p id="a" class="&quot;" title="b"></p>',
    );
  });
});

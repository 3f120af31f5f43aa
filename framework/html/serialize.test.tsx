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
  },
  { requiredKeys: [] },
);

const tags = fc.constantFrom<Parameters<typeof jsx>[0]>(
  "p",
  "br",
  "svg",
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

  it("prints the value of an asynchronous attribute in its place", async () => {
    expect(await renderHtml(<p id="a" class={Promise.resolve('"')} title="b" />)).toBe(
      '<p id="a" class="&quot;" title="b"></p>',
    );
  });
});

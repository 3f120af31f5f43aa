import { html } from "hono/html";
import { createContext, Suspense, useContext } from "hono/jsx";
import { describe, expect, it } from "vitest";
import { raw } from "./html.ts";
import { renderHtml } from "./render-html.ts";

async function Later({ text }: { text: string }) {
  await Promise.resolve();
  return <i>{text}</i>;
}

describe("renderHtml", () => {
  it("escapes plain text", () => {
    expect(renderHtml(`<b>"'&`)).toBe("&lt;b&gt;&quot;&#39;&amp;");
  });

  it("renders JSX, templates, raw markup, numbers and lists at once", () => {
    const rendered = renderHtml([
      <b title="<">{"<"}</b>,
      html`<i>${"<"}</i>`,
      raw("<u>"),
      0,
      null,
      false,
      undefined,
      ["<"],
    ]);

    expect(rendered).toBe('<b title="&lt;">&lt;</b><i>&lt;</i><u>0&lt;');
  });

  it("writes false where leaving the attribute out would mean something else", () => {
    expect(renderHtml(<input spellcheck={false} draggable={false} required={false} />)).toBe(
      '<input spellcheck="false" draggable="false"/>',
    );
  });

  it("waits for asynchronous components and promises, keeping their order", async () => {
    const rendered = renderHtml([<Later text="<" />, Promise.resolve("<"), <p>x</p>]);

    expect(rendered).toBeInstanceOf(Promise);
    expect(await rendered).toBe("<i>&lt;</i>&lt;<p>x</p>");
  });

  it("keeps context values separate across awaits", async () => {
    const Name = createContext("none");
    async function Show() {
      await Promise.resolve();
      return <b>{useContext(Name)}</b>;
    }
    const page = (name: string) => (
      <Name.Provider value={name}>
        <Show />
      </Name.Provider>
    );

    const [first, second] = await Promise.all([renderHtml(page("a")), renderHtml(page("b"))]);

    expect([first, second]).toEqual(["<b>a</b>", "<b>b</b>"]);
  });

  it("shows suspended content only when it is ready", async () => {
    const rendered = await renderHtml(
      <Suspense fallback={<p>wait</p>}>
        <Later text="x" />
      </Suspense>,
    );

    expect(rendered).toContain("<i>x</i>");
  });

  it("passes on errors that a component throws", async () => {
    async function Broken(): Promise<never> {
      throw new TypeError("broken");
    }

    await expect(renderHtml(<Broken />)).rejects.toThrow("broken");
  });
});

import { describe, expect, it } from "vitest";
import { createRegistry, type Registry } from "./registry.ts";

function createFixture(options: { dev?: boolean } = {}): Registry {
  const registry = createRegistry(options);
  registry.register("bk-box", ({ attributes, children, slot }) => (
    <b title={attributes.title}>
      {slot("top")}|{children}
    </b>
  ));
  registry.register("bk-later", async ({ children }) => <i>{children}</i>);
  registry.register("bk-outer", ({ children }) => <bk-box title="in">{children}</bk-box>);
  registry.register("bk-loop", () => <bk-loop />);
  registry.register("bk-broken", () => {
    throw new TypeError("no data");
  });
  return registry;
}

function expand(html: string) {
  return createFixture().expand(html);
}

describe("expandTags", () => {
  it("passes attributes and children to the component", () => {
    expect(expand("<p><bk-box title='a &quot;&eacute;&#x41;'>x<br></bk-box></p>")).toBe(
      '<p><b title="a &quot;éA">|x<br></b></p>',
    );
  });

  it("passes named slots separately from the children", () => {
    expect(expand('<bk-box>a<bk-slot name="top"><u>t</u></bk-slot>b</bk-box>')).toBe("<b><u>t</u>|ab</b>");
  });

  it("treats blank content as empty", () => {
    expect(expand("<bk-box>\n <bk-slot name=top> </bk-slot></bk-box>")).toBe("<b>|</b>");
  });

  it("expands components within components, siblings, and the markup of components", () => {
    expect(
      expand("<bk-box><bk-box>1</bk-box><bk-slot name=top><bk-box>2</bk-box></bk-slot></bk-box><bk-outer>3</bk-outer>"),
    ).toBe('<b><b>|2</b>|<b>|1</b></b><b title="in">|3</b>');
  });

  it("waits for asynchronous components and keeps their order", async () => {
    expect(await expand("1<bk-later>2<bk-later>3</bk-later></bk-later>4<bk-box><bk-later>5</bk-later></bk-box>6")).toBe(
      "1<i>2<i>3</i></i>4<b>|<i>5</i></b>6",
    );
  });

  it("treats a trailing slash as an end tag", () => {
    expect(expand('<bk-box/><bk-box title="a" /><bk-box title=a/>b</bk-box>')).toBe(
      '<b>|</b><b title="a">|</b><b title="a/">|b</b>',
    );
  });

  it.each([
    "<bk-unknown  a=1 b='\"'>x</bk-unknown ><BK-box/>",
    "<!-- <bk-box></bk-box> --><!--><!---><!--a--!>",
    "<script>'<bk-box></bk-box>'</script><style><bk-box></style><textarea><bk-box/></textarea><TITLE><bk-box/></TITLE>",
    "<script><!--<script><bk-box/></script><bk-box/>--></script>",
    "<a title=\"<bk-box></bk-box>\" x='<bk-box/>'>y</a>",
    "<bk-box>never closed <b>x</b>",
    "</bk-box><bk-slot name=a>no owner</bk-slot><bk-",
    '<bk-box title="cut off',
    "<bk-boxes></bk-boxes> a < b <bk-box",
    "<? <bk-box ?><!x <bk-box ><plaintext><bk-box/>",
  ])("leaves %j byte for byte", (html) => {
    expect(expand(html)).toBe(html);
  });

  it("leaves an unclosed component as it was written and closes the one around it", () => {
    expect(expand("<bk-box><bk-outer title=a>x</bk-box>")).toBe("<b>|<bk-outer title=a>x</b>");
  });

  it("uses the first of duplicate attributes", () => {
    expect(expand("<bk-box TITLE=a title=b/></bk-box>")).toBe('<b title="a">|</b>');
  });

  it("continues after comments, scripts and quoted attributes", () => {
    expect(expand('<!-- x --><script>"</scripted>"</script><a b=">"></a><bk-box/>')).toBe(
      '<!-- x --><script>"</scripted>"</script><a b=">"></a><b>|</b>',
    );
  });

  it("marks where components start and end in development", () => {
    expect(createFixture({ dev: true }).expand("<bk-box/>")).toBe("<!-- bk-box --><b>|</b><!-- /bk-box -->");
  });

  it("names the component that failed", () => {
    expect(() => expand("<bk-broken/>")).toThrow("<bk-broken> failed: no data");
  });

  it("stops a component that contains itself", () => {
    expect(() => expand("<bk-loop/>")).toThrow(/more than 50 components deep/);
  });
});

describe("createRegistry", () => {
  it("replaces a component that is registered again", () => {
    const registry = createFixture();

    registry.register("box", () => "<new>");

    expect(registry.expand("<bk-box/>")).toBe("&lt;new&gt;");
  });

  it("lists its tags", () => {
    expect(createFixture().names()).toEqual(["bk-box", "bk-broken", "bk-later", "bk-loop", "bk-outer"]);
    expect(createFixture().has("box")).toBe(true);
  });

  it.each(["Card", "bk-slot", "bk-", "a b", "bk-a--b"])("rejects the name %j", (name) => {
    expect(() => createRegistry().register(name, () => "")).toThrow(/isn't a valid component name/);
  });
});

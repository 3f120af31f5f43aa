import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderHtml } from "./render-html.ts";
import { JsonScript, safeJson } from "./safe-json.tsx";
import { isSafeUrl, safeUrl } from "./safe-url.ts";
import { sanitizeHtml, UserHtml } from "./user-html.tsx";

describe("safeJson", () => {
  it("can't close its script element, and parses back to the same value", () => {
    const value = { a: "</script><!-- & \u2028\u2029" };

    const text = safeJson(value);

    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe("JsonScript", () => {
  it("is a data block that isn't executed", () => {
    expect(String(renderHtml(<JsonScript id="d" value={{ a: "<" }} />))).toBe(
      '<script type="application/json" id="d">{"a":"\\u003c"}</script>',
    );
  });
});

describe("safeUrl", () => {
  it.each([
    "/a",
    "a:b/../c".slice(2),
    "?q=javascript:x",
    "#a",
    "https://a.test",
    "mailto:a@b.test",
    "otpauth://totp/App:ann?secret=ABC",
    "TEL:1",
    "//a.test",
    "",
  ])("allows %j", (url) => {
    expect(safeUrl(url)).toBe(url);
  });

  it.each([
    "javascript:alert(1)",
    " JaVa\tScRiPt:x",
    "\u0001javascript:x",
    "java\nscript:x",
    "data:text/html,x",
    "vbscript:x",
    "blob:x",
    "javascript\u0000:x",
  ])("refuses %j", (url) => {
    expect(isSafeUrl(url)).toBe(false);
    expect(safeUrl(url)).toBe("about:invalid#unsafe");
  });
});

describe("UserHtml", () => {
  const hostile = [
    '<script>x</script><b onclick="x" id="a" class="b" style="c" hx-get="/x" data-hx-get="/x">ok</b>',
    '<a href="javascript:x">l</a><a href="https://a.test">m</a><img src=x onerror=x><svg><script>x</script></svg>',
    '<bk-button>n</bk-button><hx-partial hx-target="body">o</hx-partial><template>p</template><form action="/x"><input></form>',
  ].join("");

  it("keeps only harmless markup, which htmx ignores", () => {
    expect(String(renderHtml(<UserHtml html={hostile} />))).toBe(
      '<div hx-ignore="true"><b>ok</b><a rel="nofollow ugc noopener noreferrer">l</a>' +
        '<a href="https://a.test" rel="nofollow ugc noopener noreferrer">m</a>nop</div>',
    );
  });
});

describe("sanitizeHtml", () => {
  it("says which package to install if it is missing", () => {
    const elsewhere = createRequire(join(tmpdir(), "app.js"));

    expect(() => sanitizeHtml("<b>bold</b>", elsewhere)).toThrow(
      expect.objectContaining({ code: "HTML_SANITIZER_MISSING", hint: "Run `npm install sanitize-html`." }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { Document } from "./document.tsx";
import { renderHtml } from "./render-html.ts";

describe("Document", () => {
  it("places the import map before every script", () => {
    const html = String(
      renderHtml(
        <Document
          title="t"
          importMap={<script type="importmap" />}
          scripts={[{ src: "/a.js" }, { src: "/b.js", module: true }]}
        />,
      ),
    );

    expect(html.match(/<script[^>]*>/g)).toEqual([
      '<script type="importmap">',
      '<script src="/a.js">',
      '<script type="module" src="/b.js">',
    ]);
  });

  it.each([
    [{ lang: "ar" }, '<html lang="ar" dir="rtl">'],
    [{ lang: "ar", dir: "ltr" }, '<html lang="ar" dir="ltr">'],
    [{ dir: "rtl" }, '<html lang="en" dir="rtl">'],
    [{}, '<html lang="en">'],
  ] as const)("sets the direction of the language, or the one it is given: %j", (props, expected) => {
    expect(String(renderHtml(<Document title="t" {...props} />))).toContain(expected);
  });

  it("sets language, viewport and color scheme, and has a link that skips the navigation", () => {
    const html = String(renderHtml(<Document title="t" lang="de" header={<nav />} />));

    expect(html).toMatch(/^<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"\/><meta name="viewport"/);
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(html).toContain('<a class="bk-skip" href="#main">');
    expect(html).toContain('<main id="main" tabindex="-1">');
    expect(html).toContain('<div id="bk-flash" role="status" aria-live="polite"></div>');
  });

  it("sends the CSRF token with every htmx request", () => {
    const html = String(renderHtml(<Document title="t" csrfToken={'a"b'} />));

    expect(html).toContain('<body hx-headers:inherited="{&quot;X-CSRF-Token&quot;:&quot;a\\&quot;b&quot;}">');
  });

  it("shows the connection indicator on live pages only", () => {
    expect(String(renderHtml(<Document title="t" />))).not.toContain("bk-connection");
    expect(String(renderHtml(<Document title="t" live={<i />} />))).toContain('id="bk-connection"');
  });
});

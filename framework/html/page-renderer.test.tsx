import { Hono } from "hono";
import { useRequestContext } from "hono/jsx-renderer";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { pageRenderer } from "./page-renderer.tsx";

function Path() {
  return <i>{useRequestContext().req.path}</i>;
}

function createApp() {
  const app = new Hono();
  app.use(
    pageRenderer(({ title, children }) => (
      <html lang="en">
        <title>{title}</title>
        {children}
      </html>
    )),
  );
  app.get("/", (c) => c.render(<Path />, { title: "<Home>" }));
  app.get("/bad", (c) => c.render("<", { title: "Bad", status: 422 }));
  return app;
}

const page = '<html lang="en"><title>&lt;Home&gt;</title><i>/</i></html>';

describe("pageRenderer", () => {
  it("sends the content in its layout to a plain visit", async () => {
    const response = await createApp().request("/");

    expect(await response.text()).toBe(page);
    expect(response.headers.get("Vary")).toBe("HX-Request-Type");
    expect(response.headers.get("Content-Type")).toMatch(/^text\/html; charset=utf-8/i);
  });

  it("sends only the content to partial requests of htmx", async () => {
    const response = await createApp().request("/", {
      headers: { "HX-Request": "true", "HX-Request-Type": "partial" },
    });

    expect(await response.text()).toBe("<i>/</i>");
    expect(response.headers.get("Vary")).toBe("HX-Request-Type");
  });

  it("sends the full page to boosted visits and Back", async () => {
    const boosted = await createApp().request("/", { headers: { "HX-Request": "true", "HX-Request-Type": "full" } });
    const back = await createApp().request("/", {
      headers: { "HX-History-Restore-Request": "true", "HX-Request-Type": "full" },
    });

    expect([await boosted.text(), await back.text()]).toEqual([page, page]);
  });

  it("sends the status of the page", async () => {
    const response = await createApp().request("/bad", { headers: { "HX-Request-Type": "partial" } });

    expect([response.status, await response.text()]).toEqual([422, "&lt;"]);
  });

  it("refuses unsafe addresses in JSX that c.html sends, too, and logs them", async () => {
    const logged: object[] = [];
    const app = new Hono();
    const Link = async ({ href }: { href: string }) => <a href={href}>x</a>;
    app.use(
      pageRenderer(({ children }) => <main>{children}</main>, {
        log: { ...silentLogger, warn: (facts) => void logged.push(facts) },
      }),
    );
    app.get("/now", (c) => c.html(<a href={c.req.query("to")}>x</a>, 418));
    app.get("/later", (c) => c.html(<Link href={c.req.query("to") ?? ""} />, { headers: { "X-Kind": "async" } }));
    app.get("/page", (c) => c.render(<a href={c.req.query("to")}>x</a>, { title: "x" }));
    app.get("/text", (c) => c.html("<b>javascript:</b>"));
    app.get("/promise", (c) => c.html(Promise.resolve("<b>bold</b>"), 201));

    const answers = await Promise.all(
      ["/now", "/later", "/page"].map((path) => app.request(`${path}?to=javascript:x`)),
    );
    const others = await Promise.all(["/text", "/promise", "/now?to=/a"].map((path) => app.request(path)));

    const link = '<a href="about:invalid#unsafe">x</a>';
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([link, link, `<main>${link}</main>`]);
    expect([answers[0]?.status, answers[1]?.headers.get("X-Kind")]).toEqual([418, "async"]);
    expect(await Promise.all(others.map((answer) => answer.text()))).toEqual([
      "<b>javascript:</b>",
      "<b>bold</b>",
      '<a href="/a">x</a>',
    ]);
    expect([others[1]?.status, others[0]?.headers.get("Content-Type")]).toEqual([201, "text/html; charset=UTF-8"]);
    expect(logged).toHaveLength(3);
    expect(logged).toEqual(
      expect.arrayContaining(
        ["/now", "/page", "/later"].map((path) =>
          expect.objectContaining({ path, element: '<a href="about:invalid#unsafe"' }),
        ),
      ),
    );
  });
});

import { Hono } from "hono";
import { useRequestContext } from "hono/jsx-renderer";
import { describe, expect, it } from "vitest";
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
});

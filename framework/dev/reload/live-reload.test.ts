import { describe, expect, it } from "vitest";
import { createTestApp, textOf } from "../test-app.ts";

describe("live reload", () => {
  it("adds its script to full pages and keeps the policy strict", async () => {
    const { app } = createTestApp();
    app.get("/", (c) => c.html("<html><body><h1>Home</h1></body></html>"));

    const answer = await app.request("/");

    expect(await answer.text()).toMatch(
      /<h1>Home<\/h1><script type="module" src="\/__dev\/dev\.js" data-build="[\w-]+\.0"><\/script><\/body>/,
    );
    expect(answer.headers.get("Content-Security-Policy")).toContain("script-src 'self';");
  });

  it("says which pages answer a form, because a reload would send it again", async () => {
    const { app } = createTestApp();
    app.on(["GET", "POST"], "/", (c) => c.html("<html><body><h1>Home</h1></body></html>"));
    app.post("/fails", () => {
      throw new RangeError("no");
    });

    const visited = await textOf(app.request("/"));
    const answer = await textOf(app.request("/", { method: "POST" }));
    const failure = await textOf(app.request("/fails", { method: "POST", headers: { Accept: "text/html" } }));

    expect(visited).not.toContain("data-posted");
    expect(answer).toMatch(/data-build="[^"]+" data-posted>/);
    expect(failure).toMatch(/data-build="[^"]+" data-posted/);
  });

  it("leaves fragments and other content untouched", async () => {
    const { app } = createTestApp();
    app.get("/fragment", (c) => c.html("<p>One</p></body>"));
    app.get("/data", (c) => c.json({ html: "</body>" }));

    const fragment = await textOf(app.request("/fragment", { headers: { "HX-Request-Type": "partial" } }));
    const data = await textOf(app.request("/data"));

    expect([fragment, data]).toEqual(["<p>One</p></body>", '{"html":"</body>"}']);
  });

  it("keeps status, cookies and headers of the page", async () => {
    const { app } = createTestApp();
    app.get("/", (c) => {
      c.header("Set-Cookie", "a=1");
      c.header("Set-Cookie", "b=2", { append: true });
      return c.html("<body></body>", 422);
    });

    const answer = await app.request("/");

    expect([answer.status, answer.headers.getSetCookie()]).toEqual([422, ["a=1", "b=2"]]);
  });
});

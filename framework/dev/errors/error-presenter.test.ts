import { describe, expect, it } from "vitest";
import { KitError } from "../../base/index.ts";
import { createTestApp, textOf, visit } from "../test-app.ts";

describe("error page", () => {
  function failing() {
    const parts = createTestApp();
    parts.app.get("/boards/:id", () => {
      const cause = new Error("connection lost");
      throw new KitError({ code: "BOARD_UNREADABLE", message: "Board <42> cannot be read", hint: "Try later", cause });
    });
    return parts;
  }

  it("shows message, code, hint, cause, source and request", async () => {
    const answer = await failing().app.request("/boards/42?x=1", visit);
    const page = await answer.text();

    expect(answer.status).toBe(500);
    for (const words of ["Board &lt;42&gt; cannot be read", "BOARD_UNREADABLE", "Try later", "connection lost"]) {
      expect(page).toContain(words);
    }
    expect(page).toContain("error-presenter.test.ts");
    expect(page).toContain("new KitError({ code: &quot;BOARD_UNREADABLE&quot;");
    expect(page).toContain("route /boards/:id");
  });

  it.each([
    ["the route that failed", "/requests/new", "/requests/new"],
    ["the one that matched last", "/requests/7", "/requests/:id"],
    ["the one that a middleware failed before", "/guarded/new", "/guarded/new"],
  ])("names %s", async (_which, url, route) => {
    const { app } = createTestApp();
    const fail = () => {
      throw new RangeError("no");
    };
    app.use("/guarded/*", fail);
    for (const path of ["/requests/new", "/requests/:id", "/guarded/new", "/guarded/:id"]) app.get(path, fail);

    expect(await textOf(app.request(url, visit))).toContain(`<span>route ${route}</span>`);
  });

  it("shows no cookies, authorization or tokens", async () => {
    const headers = {
      ...visit.headers,
      Cookie: "sid=secret1",
      Authorization: "Bearer secret2",
      "X-CSRF-Token": "secret3",
    };

    const page = await textOf(failing().app.request("/boards/42?token=secret4&page=2", { headers }));

    expect(page).not.toMatch(/secret\d/);
    expect(page).toContain("page=2");
  });

  it("sends htmx one line for the flash area, with a link to the details", async () => {
    const { app } = failing();
    const headers = { ...visit.headers, "HX-Request": "true", "HX-Request-Type": "partial" };

    const answer = await app.request("/boards/42", { headers });
    const line = await answer.text();
    const details = await textOf(app.request(/href="(\/__dev\/errors\/[^"]+)"/.exec(line)?.[1] ?? ""));

    expect(answer.headers.get("HX-Retarget")).toBe("#bk-flash");
    expect(line).not.toContain("<html");
    expect(details).toContain("BOARD_UNREADABLE");
  });

  it("sends other clients plain text with the stack", async () => {
    const answer = await failing().app.request("/boards/42", { headers: { Accept: "*/*" } });

    expect(answer.headers.get("Content-Type")).toMatch(/text\/plain/);
    expect(await answer.text()).toMatch(/KitError: Board <42>[\s\S]*caused by[\s\S]*connection lost/);
  });
});

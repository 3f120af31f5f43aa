import { describe, expect, it } from "vitest";
import { createTestApp, textOf, visit } from "../test-app.ts";

describe("pending migrations", () => {
  function withPending() {
    let pending: readonly string[] = ["0002_boards"];
    const parts = createTestApp({
      kit: {
        migrator: {
          status: async () => ({ entries: [], pending, problems: [] }),
          up: async () => {
            const applied = pending;
            pending = [];
            return applied;
          },
        },
      },
    });
    parts.app.get("/", (c) => c.html("<h1>Home</h1>"));
    return parts;
  }

  it("replace every page with a list of them", async () => {
    const answer = await withPending().app.request("/", visit);

    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/One migration is pending[\s\S]*0002_boards/);
  });

  it("are applied at a click", async () => {
    const { app } = withPending();
    await app.request("/", visit);

    const clicked = await app.request("/__dev/migrations", {
      method: "POST",
      headers: { Referer: "http://localhost/boards" },
    });
    const home = await textOf(app.request("/", visit));

    expect([clicked.status, clicked.headers.get("Location")]).toEqual([303, "/boards"]);
    expect(home).toContain("Home");
  });

  it("never redirect to another site", async () => {
    const { app } = withPending();

    const clicked = await app.request("/__dev/migrations", {
      method: "POST",
      headers: { Referer: "http://evil.example/x" },
    });

    expect(clicked.headers.get("Location")).toBe("/");
  });

  it("don't affect other clients and the development pages", async () => {
    const { app } = withPending();

    expect((await app.request("/", { headers: { Accept: "application/json" } })).status).toBe(200);
    expect((await app.request("/__mail", visit)).status).toBe(200);
  });
});

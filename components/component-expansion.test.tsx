import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { componentExpansion } from "./component-expansion.ts";
import { createComponents } from "./create-components.ts";

const tag = "<bk-button>x</bk-button>";
const button = '<button class="bk-button bk-button-secondary" type="button">x</button>';

function createApp() {
  const app = new Hono();
  app.use(componentExpansion(createComponents()));
  app.get("/page", (c) => {
    c.header("Set-Cookie", "a=1", { append: true });
    c.header("Set-Cookie", "b=2", { append: true });
    c.header("ETag", '"1"');
    return c.html(tag);
  });
  app.get("/json", (c) => c.json({ tag }));
  app.get("/text", (c) => c.text(tag));
  app.get("/problem", (c) => c.html(tag, 422));
  app.get("/none", (c) => c.body(null, 204));
  app.get("/status/:status", (c) => c.html(tag, Number(c.req.param("status")) as 201));
  return app;
}

describe("componentExpansion", () => {
  it("expands HTML responses and keeps their headers", async () => {
    const response = await createApp().request("/page");

    expect(await response.text()).toBe(button);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response.headers.get("ETag")).toBeNull();
  });

  it("leaves JSON, text and other statuses unchanged", async () => {
    const app = createApp();

    const answers = await Promise.all(
      ["/json", "/text", "/problem", "/none"].map(async (path) => (await app.request(path)).text()),
    );

    expect(answers).toEqual([JSON.stringify({ tag }), tag, tag, ""]);
  });

  it.each([201, 202, 203, 206, 400, 404, 500])("leaves HTML with status %i unchanged", async (status) => {
    const response = await createApp().request(`/status/${status}`);

    expect([response.status, await response.text()]).toEqual([status, tag]);
  });

  it("answers HEAD without a body", async () => {
    const response = await createApp().request("/page", { method: "HEAD" });

    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

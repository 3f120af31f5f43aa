import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { refuseNul } from "./refuse-nul.ts";

describe("refuseNul", () => {
  const app = new Hono().use(refuseNul()).get("*", (c) => c.text("found"));
  app.onError((error, c) => c.json({ code: Reflect.get(error, "code") }, Reflect.get(error, "status")));

  it.each([
    ["/a%00b", 404],
    ["/a%00b?c=d", 404],
    ["/a?b=%00", 400],
    ["/?%00", 400],
    ["/a%2500?b=%2500", 200],
    ["/a?b", 200],
  ])("answers %s with %d", async (path, status) => {
    expect((await app.request(path)).status).toBe(status);
  });
});

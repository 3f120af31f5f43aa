import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { varyOn } from "./vary-on.ts";

/** The `Vary` of an answer whose route has set these headers itself. */
async function varyOf(headers: Record<string, string>, names = ["Cookie", "HX-Request"]) {
  const app = new Hono().use(varyOn(names)).get("/", (c) => c.text("ok", 200, headers));
  return (await app.request("/")).headers.get("Vary");
}

describe("varyOn", () => {
  it("names what answers depend on, also on those that the route didn't write", async () => {
    const app = new Hono()
      .use(varyOn(["Cookie", "HX-Request"]))
      .get("/", () => Response.redirect("https://app.example/"));

    expect(await varyOf({})).toBe("Cookie, HX-Request");
    expect((await app.request("/")).headers.get("Vary")).toBe("Cookie, HX-Request");
    expect((await app.request("/missing")).headers.get("Vary")).toBe("Cookie, HX-Request");
  });

  it("keeps what the route named, and names nothing twice", async () => {
    expect(await varyOf({ Vary: "Accept-Language" })).toBe("Accept-Language, Cookie, HX-Request");
    expect(await varyOf({ Vary: "accept , cookie" })).toBe("accept, cookie, HX-Request");
    expect(await varyOf({ Vary: "hx-request" }, ["HX-Request"])).toBe("hx-request");
  });

  it("leaves an answer alone that depends on everything", async () => {
    expect(await varyOf({ Vary: "*" })).toBe("*");
    expect(await varyOf({ Vary: "Accept, *" })).toBe("Accept, *");
  });

  it("leaves out the cookie, and nothing else, where the route says that the answer is public", async () => {
    expect(await varyOf({ "Cache-Control": "max-age=60, Public" })).toBe("HX-Request");
    expect(await varyOf({ "Cache-Control": "private" })).toBe("Cookie, HX-Request");
    expect(await varyOf({ "Cache-Control": "x-publicity" })).toBe("Cookie, HX-Request");
  });
});

import { type Context, Hono } from "hono";
import { describe, expect, it } from "vitest";
import { KitError } from "../base/index.ts";
import { hxLocation, hxPushUrl, hxRedirect, hxReswap, hxRetarget, hxTrigger, redirectTo } from "./htmx-response.ts";

async function answer(act: (c: Context) => Response | undefined, headers: Record<string, string> = {}) {
  const app = new Hono().get("/", (c) => act(c) ?? c.body(null, 204));
  app.onError((error, c) =>
    error instanceof KitError ? c.text(error.code, error.status === 400 ? 400 : 500) : c.text("?", 500),
  );
  return app.request("/", { headers });
}

const hostilePaths = [
  "//evil.test",
  "/\\evil.test",
  "https://evil.test",
  "/%2f/evil.test",
  "/%5cevil.test",
  "/\t/evil.test",
  "a",
  "",
  "/a\r\nX: y",
  "/%0d%0ax",
];

describe("hxRedirect", () => {
  it("names a page of this site", async () => {
    const response = await answer((c) => hxRedirect(c, "/login?next=%2Faccount", 401));

    expect(response.status).toBe(401);
    expect(response.headers.get("HX-Redirect")).toBe("/login?next=%2Faccount");
  });

  it.each(hostilePaths)("refuses %j", async (path) => {
    const response = await answer((c) => hxRedirect(c, path));

    expect([response.status, await response.text()]).toEqual([400, "HTML_UNSAFE_PATH"]);
    expect(response.headers.get("HX-Redirect")).toBeNull();
  });
});

describe("redirectTo", () => {
  it("sends a header to htmx and 303 to others", async () => {
    const htmx = await answer((c) => redirectTo(c, "/a"), { "HX-Request": "true" });
    const plain = await answer((c) => redirectTo(c, "/a"));

    expect([htmx.status, htmx.headers.get("HX-Redirect")]).toEqual([200, "/a"]);
    expect([plain.status, plain.headers.get("Location")]).toEqual([303, "/a"]);
  });
});

describe("hxLocation", () => {
  it("writes a path, or options as ASCII JSON", async () => {
    const path = await answer((c) => hxLocation(c, "/grüße"));
    const options = await answer((c) => hxLocation(c, { path: "/a", target: "#ü" }));

    expect(path.headers.get("HX-Location")).toBe("/gr%C3%BC%C3%9Fe");
    expect(options.headers.get("HX-Location")).toBe('{"path":"/a","target":"#\\u00fc"}');
  });
});

describe("hxLocation with a path from a visitor", () => {
  it("leaves htmx no options to read", async () => {
    const path = await answer((c) => hxLocation(c, "/search?q=a,path://evil.test,target:body"));

    expect(path.headers.get("HX-Location")).toBe('{"path":"/search?q=a,path://evil.test,target:body"}');
  });
});

describe("a path whose query has what a visitor typed", () => {
  const path = "/search?q=50% \\\r\n\t//evil.test\u2028\ud800#a b";
  const encoded = "/search?q=50%%20%5C%0D%0A%09//evil.test%E2%80%A8%EF%BF%BD#a%20b";

  it.each([
    ["Location", (c: Context) => redirectTo(c, path)],
    ["HX-Redirect", (c: Context) => hxRedirect(c, path)],
    ["HX-Location", (c: Context) => hxLocation(c, path)],
    ["HX-Push-Url", (c: Context) => void hxPushUrl(c, path)],
  ])("is encoded in %s", async (header, act) => {
    const response = await answer((c) => act(c) ?? undefined);

    expect(response.headers.get(header)).toBe(encoded);
  });
});

describe("hxTrigger", () => {
  it("sends details in printable ASCII", async () => {
    const response = await answer((c) => {
      hxTrigger(c, { "card-saved": { name: "é\r\nX: y" } });
      return undefined;
    });

    expect(response.headers.get("HX-Trigger")).toBe('{"card-saved":{"name":"\\u00e9\\r\\nX: y"}}');
  });

  it("refuses invalid event names", async () => {
    const response = await answer((c) => {
      hxTrigger(c, "a, b");
      return undefined;
    });

    expect([response.status, await response.text()]).toEqual([400, "HTML_INVALID_EVENT_NAME"]);
  });
});

describe("hxRetarget, hxReswap and hxPushUrl", () => {
  it("set their headers", async () => {
    const response = await answer((c) => {
      hxRetarget(c, "#flash");
      hxReswap(c, "innerHTML scroll:top");
      hxPushUrl(c, false);
      return undefined;
    });

    expect(response.headers.get("HX-Retarget")).toBe("#flash");
    expect(response.headers.get("HX-Reswap")).toBe("innerHTML scroll:top");
    expect(response.headers.get("HX-Push-Url")).toBe("false");
  });

  it("refuse line breaks", async () => {
    const response = await answer((c) => {
      hxRetarget(c, "#a\r\nSet-Cookie: x");
      return undefined;
    });

    expect([response.status, await response.text()]).toEqual([400, "HTML_UNSAFE_HEADER_VALUE"]);
  });
});

import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { describe, expect, it } from "vitest";
import { type SecureHeadersOptions, secureHeaders } from "./secure-headers.ts";
import { documentHeaders, securityHeaders } from "./security-headers.ts";

function createApp(options?: SecureHeadersOptions) {
  const app = new Hono();
  app.use(secureHeaders(options));
  app.get("/page", (c) => c.html("<p>hi</p>"));
  app.get("/json", (c) => c.json({}));
  app.get("/own", (c) => c.html("", 200, { "Content-Security-Policy": "default-src 'self'" }));
  app.get("/fetched", () => Response.redirect("https://app.example/", 303));
  app.get("/broken", () => {
    throw new TypeError("broken");
  });
  app.onError((_error, c) => c.text("", 500));
  return app;
}

describe("secureHeaders", () => {
  it.each(["/page", "/json", "/fetched", "/broken", "/missing"])("covers %s", async (path) => {
    const { headers } = await createApp().request(path);

    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("X-Frame-Options")).toBe("DENY");
    expect(headers.get("Referrer-Policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("Permissions-Policy")).toContain("camera=()");
    expect(headers.get("X-XSS-Protection")).toBe("0");
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("Strict-Transport-Security")).toBeNull();
  });

  it.each(["/page", "/fetched", "/broken"])("names the request on %s", async (path) => {
    const app = new Hono().use(requestId({ headerName: "" })).route("/", createApp());

    const { headers } = await app.request(path, { headers: { "X-Request-Id": "chosen-by-the-client" } });

    expect(headers.get("X-Request-Id")).toMatch(/^[\da-f-]{36}$/);
  });

  it("isolates documents only", async () => {
    const page = await createApp().request("/page");
    const json = await createApp().request("/json");

    expect(page.headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(page.headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(json.headers.get("Cross-Origin-Opener-Policy")).toBeNull();
  });

  it("requires https for two years in production", async () => {
    const { headers } = await createApp({ production: true }).request("/page");

    expect(headers.get("Strict-Transport-Security")).toBe("max-age=63072000; includeSubDomains");
  });

  it("has the same policy in development and production", () => {
    const production = securityHeaders({ production: true });

    expect(securityHeaders()["Content-Security-Policy"]).toBe(production["Content-Security-Policy"]);
  });

  it("keeps headers that the route set", async () => {
    const { headers } = await createApp().request("/own");

    expect(headers.get("Content-Security-Policy")).toBe("default-src 'self'");
  });

  it("overrides, adds and removes headers by option", async () => {
    const app = createApp({ headers: { "x-frame-options": false, "Referrer-Policy": "no-referrer", "X-Own": "1" } });

    const { headers } = await app.request("/page");

    expect(headers.get("X-Frame-Options")).toBeNull();
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("X-Own")).toBe("1");
  });

  it("sets these headers and no others, exactly", () => {
    const { "Content-Security-Policy": policy, ...others } = securityHeaders();

    expect(policy).toMatch(/^default-src 'none'; /);
    expect(others).toEqual({
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "strict-origin-when-cross-origin",
      "Permissions-Policy":
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
      "X-XSS-Protection": "0",
      "X-Permitted-Cross-Domain-Policies": "none",
    });
    expect(documentHeaders({ headers: { "X-Own": "1" } })).toEqual({
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
  });

  it("replaces headers of documents on documents alone, whatever the case of their names", async () => {
    const headers = { "cross-origin-opener-policy": "unsafe-none", "Cross-Origin-Resource-Policy": false } as const;
    const app = createApp({ headers: { ...headers, "X-Gone": false } });

    const [page, json] = [await app.request("/page"), await app.request("/json")];

    expect(page.headers.get("Cross-Origin-Opener-Policy")).toBe("unsafe-none");
    expect(page.headers.get("Cross-Origin-Resource-Policy")).toBeNull();
    expect(json.headers.get("Cross-Origin-Opener-Policy")).toBeNull();
    expect(page.headers.get("X-Gone")).toBeNull();
  });

  it("keeps the Cache-Control of the route, also for a user", async () => {
    const app = new Hono().use(secureHeaders({ isPrivate: () => true }));
    app.get("/", (c) => c.text("ok", 200, { "Cache-Control": "private, max-age=60" }));

    expect((await app.request("/")).headers.get("Cache-Control")).toBe("private, max-age=60");
  });

  it("sets no nonce unless it is asked for, and keeps the policy of the route with it", async () => {
    const [plain, own] = [await createApp().request("/page"), await createApp({ nonce: true }).request("/own")];

    expect(plain.headers.get("Content-Security-Policy")).not.toContain("nonce");
    expect(own.headers.get("Content-Security-Policy")).toBe("default-src 'self'");
  });

  it("adds the nonce to the policy of the app", async () => {
    const app = createApp({
      nonce: true,
      policy: { "img-src": ["https://cdn.example"] },
      addToPolicy: { "connect-src": ["https://api.example"] },
      scriptHashes: ["sha256-AAAA"],
    });

    const policy = (await app.request("/page")).headers.get("Content-Security-Policy");

    expect(policy).toContain("img-src https://cdn.example;");
    expect(policy).toContain("connect-src 'self' https://api.example;");
    expect(policy).toMatch(/script-src 'self' 'sha256-AAAA' 'nonce-[\w-]{22}';/);
  });

  it("takes away what names the software", async () => {
    const app = new Hono().use(secureHeaders()).get("/", (c) => c.text("ok", 200, { "X-Powered-By": "Hono" }));

    expect((await app.request("/")).headers.get("X-Powered-By")).toBeNull();
  });

  it("leaves an answer without an id of the request as it is", async () => {
    expect((await createApp().request("/page")).headers.has("X-Request-Id")).toBe(false);
  });

  it("allows each of the scripts by its hash", async () => {
    const app = createApp({ scriptHashes: ["sha256-AAAA", "sha256-BBBB"] });

    const { headers } = await app.request("/page");

    expect(headers.get("Content-Security-Policy")).toContain("script-src 'self' 'sha256-AAAA' 'sha256-BBBB';");
  });

  it("follows script hashes that change", async () => {
    let hashes = ["sha256-AAAA"];
    const app = createApp({ scriptHashes: () => hashes });

    hashes = ["sha256-BBBB"];
    const { headers } = await app.request("/page");

    expect(headers.get("Content-Security-Policy")).toContain("script-src 'self' 'sha256-BBBB';");
  });

  it("lets development tools add only the sources they name", async () => {
    const app = createApp({ addToPolicy: { "frame-src": ["'self'"], "connect-src": ["ws://localhost:1"] } });

    const policy = (await app.request("/page")).headers.get("Content-Security-Policy");

    expect(policy).toContain("connect-src 'self' ws://localhost:1");
    expect(policy).toContain("frame-src 'self'");
    expect(policy).toContain("script-src 'self';");
  });

  it("keeps what a logged-in user sees out of caches", async () => {
    const open = await createApp().request("/page");
    const own = await createApp({ isPrivate: () => true }).request("/page");

    expect(open.headers.get("Cache-Control")).toBeNull();
    expect(own.headers.get("Cache-Control")).toBe("no-store");
  });

  it.each([
    [{ name: "Ann" }, "no-store"],
    [null, null],
    [undefined, null],
  ])("takes what is shown to the user %j for private or not", async (user, expected) => {
    const app = new Hono().use(secureHeaders());
    app.get("/", (c) => {
      c.set("user" as never, user as never);
      return c.text("ok");
    });

    expect((await app.request("/")).headers.get("Cache-Control")).toBe(expected);
  });

  it("sets a new nonce for each response", async () => {
    const app = createApp({ nonce: true });
    app.get("/nonce", (c) => c.html(c.var.cspNonce ?? ""));

    const first = await app.request("/nonce");
    const second = await app.request("/nonce");

    const nonce = await first.text();
    expect(first.headers.get("Content-Security-Policy")).toContain(`'nonce-${nonce}'`);
    expect(await second.text()).not.toBe(nonce);
  });

  it("refuses a source that would end its directive", () => {
    expect(() => securityHeaders({ addToPolicy: { "img-src": ["x; script-src *"] } })).toThrow(
      expect.objectContaining({ code: "SECURE_INVALID_POLICY_SOURCE" }),
    );
  });

  it("has a policy in which csp_evaluator finds nothing serious", () => {
    const policy = securityHeaders({ scriptHashes: ["sha256-AAAA"] })["Content-Security-Policy"] ?? "";

    const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();

    expect(findings.filter((finding) => finding.severity <= 30)).toEqual([]);
  });
});

import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createSigner } from "../signer.ts";
import { refuseCrossSite } from "./cross-site.ts";
import { csrf } from "./csrf.ts";

const signer = createSigner(["a secret of some length"]);
const form = { "Content-Type": "application/x-www-form-urlencoded" };

function createApp(session?: string) {
  const app = new Hono();
  app.use(
    csrf({
      appUrl: "https://app.example",
      signer,
      isSecure: true,
      exempt: { stripe: "/hooks/stripe", all: "/api/hooks/*" },
      sessionId: (c) => session ?? c.req.header("X-Test-Session"),
    }),
  );
  app.get("/form", (c) => c.html(c.var.csrfToken));
  app.all("/*", (c) => c.text("done"));
  return app;
}

function send(headers: Record<string, string>, options: { method?: string; path?: string; body?: string } = {}) {
  const { method = "POST", path = "/", body } = options;
  return createApp().request(path, { method, headers, ...(body === undefined ? {} : { body }) });
}

async function visit() {
  const page = await createApp().request("/form");
  const cookie = page.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  return { cookie, token: await page.text(), setCookie: page.headers.get("Set-Cookie") ?? "" };
}

describe("csrf", () => {
  it.each(["GET", "HEAD", "OPTIONS"])("allows %s", async (method) => {
    expect((await send({ "Sec-Fetch-Site": "cross-site" }, { method })).status).toBe(200);
  });

  it.each(["same-origin", "none"])("allows a POST with Sec-Fetch-Site: %s", async (site) => {
    expect((await send({ "Sec-Fetch-Site": site })).status).toBe(200);
  });

  it.each(["cross-site", "same-site", "", "bogus"])("refuses a POST with Sec-Fetch-Site: %j", async (site) => {
    const answer = await send({ "Sec-Fetch-Site": site, Origin: "https://app.example" });

    expect(answer.status).toBe(403);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("refuses %s from another origin", async (method) => {
    expect((await send({ Origin: "https://evil.example" }, { method })).status).toBe(403);
  });

  it.each(["application/json", "text/plain", "multipart/form-data"])(
    "treats %s like any other content type",
    async (type) => {
      const answer = await send({ Origin: "https://evil.example", "Content-Type": type }, { body: "{}" });

      expect(answer.status).toBe(403);
    },
  );

  it("compares Origin with the configured address and not with Host", async () => {
    expect((await send({ Origin: "https://app.example" })).status).toBe(200);
    expect((await send({ Origin: "http://localhost", Host: "localhost" })).status).toBe(403);
    expect((await send({ Origin: "null" })).status).toBe(403);
  });

  it("says that the token is missing when the browser doesn't say where the request comes from", async () => {
    const answer = await send({});

    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe("CSRF token missing");
  });

  it("accepts the token of the visitor's own cookie, as a field or a header", async () => {
    const { cookie, token } = await visit();

    const field = await send({ ...form, Cookie: cookie }, { body: `_csrf=${token}` });
    const header = await send({ Cookie: cookie, "X-CSRF-Token": token });

    expect([field.status, header.status]).toEqual([200, 200]);
  });

  it("refuses a token with another visitor's cookie or without a cookie", async () => {
    const mine = await visit();
    const yours = await visit();

    const swapped = await send({ Cookie: yours.cookie, "X-CSRF-Token": mine.token });
    const bare = await send({ "X-CSRF-Token": mine.token });

    expect(await swapped.text()).toBe("CSRF token invalid");
    expect(bare.status).toBe(403);
  });

  it("binds the token of a logged-in user to the session", async () => {
    const page = await createApp("session one").request("/form");
    const token = await page.text();

    const own = await send({ "X-Test-Session": "session one", "X-CSRF-Token": token });
    const other = await send({ "X-Test-Session": "session two", "X-CSRF-Token": token });

    expect([own.status, other.status]).toEqual([200, 403]);
    expect(page.headers.get("Set-Cookie")).toBeNull();
  });

  it("gives new visitors a cookie that scripts and subdomains cannot touch", async () => {
    expect((await visit()).setCookie).toMatch(/^__Host-csrf=[\w-]{22}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it("exempts the named routes and no others", async () => {
    const paths = ["/hooks/stripe", "/api/hooks/a/b", "/hooks/stripe/x", "/api/hook"];

    const answers = await Promise.all(paths.map((path) => send({}, { path })));

    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 403, 403]);
  });

  it("responds with 403 to a malformed body", async () => {
    const answer = await send({ "Content-Type": "multipart/form-data; boundary=x" }, { body: "--y garbage" });

    expect(answer.status).toBe(403);
  });
});

describe("refuseCrossSite", () => {
  const app = new Hono().use(refuseCrossSite()).all("/", (c) => c.text("done"));

  it.each(["cross-site", "same-site", "bogus"])("refuses a POST with Sec-Fetch-Site: %s", async (site) => {
    expect((await app.request("/", { method: "POST", headers: { "Sec-Fetch-Site": site } })).status).toBe(403);
  });

  it("allows GET, our own pages and clients that aren't browsers", async () => {
    const link = await app.request("/", { headers: { "Sec-Fetch-Site": "cross-site" } });
    const form = await app.request("/", { method: "POST", headers: { "Sec-Fetch-Site": "same-origin" } });
    const script = await app.request("/", { method: "POST" });

    expect([link.status, form.status, script.status]).toEqual([200, 200, 200]);
  });
});

describe("csrf in development", () => {
  function post(url: string, headers: Record<string, string>, isLoopbackOneSite = true) {
    const app = new Hono();
    app.use(csrf({ appUrl: "http://localhost:3000", signer, isSecure: false, isLoopbackOneSite }));
    app.post("/", (c) => c.text("done"));
    return app.request(url, { method: "POST", headers });
  }

  it.each([
    ["http://127.0.0.1:3000/", "http://localhost:3000"],
    ["http://localhost:3000/", "http://127.0.0.1:3000"],
    ["http://localhost:3000/", "http://[::1]:3000"],
    ["http://127.0.0.1:3001/", "http://127.0.0.1:3001"],
    ["http://localhost/", "http://127.0.0.1"],
  ])("lets %s be posted to from %s, with and without Fetch Metadata", async (url, Origin) => {
    const statuses = [
      (await post(url, { Origin })).status,
      (await post(url, { Origin, "Sec-Fetch-Site": "cross-site" })).status,
    ];

    expect(statuses).toEqual([200, 200]);
  });

  it.each([
    ["another port", "http://localhost:3000/", "http://127.0.0.1:4000"],
    ["the default port", "http://localhost:3000/", "http://127.0.0.1"],
    ["a name that only begins alike", "http://localhost:3000/", "http://localhost.evil.example:3000"],
    ["a user part", "http://localhost:3000/", "http://localhost:3000@evil.example:3000"],
    ["a subdomain", "http://localhost:3000/", "http://evil.localhost:3000"],
    ["another loopback address", "http://localhost:3000/", "http://127.0.0.2:3000"],
    ["another spelling of the address", "http://localhost:3000/", "http://2130706433:3000"],
    ["another scheme", "http://localhost:3000/", "https://127.0.0.1:3000"],
    ["a sandboxed page", "http://localhost:3000/", "null"],
    ["another site", "http://localhost:3000/", "http://evil.example:3000"],
    ["a host rebound to this machine", "http://evil.example:3000/", "http://localhost:3000"],
    ["several origins", "http://localhost:3000/", "http://localhost:3000, http://evil.example"],
  ])("refuses %s", async (_attack, url, Origin) => {
    expect((await post(url, { Origin, "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  });

  it("is the only place where the names of one machine are the same", async () => {
    const sent = { Origin: "http://127.0.0.1:3000" };

    expect((await post("http://localhost:3000/", sent, false)).status).toBe(403);
    expect((await post("http://localhost:3000/", { ...sent, "Sec-Fetch-Site": "cross-site" }, false)).status).toBe(403);
  });
});

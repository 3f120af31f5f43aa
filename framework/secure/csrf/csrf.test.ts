import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { createSigner } from "../signer.ts";
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
    expect((await send({ Origin: "https://app.example.evil.test" })).status).toBe(403);
    expect((await send({ Origin: "https://app.example:8443" })).status).toBe(403);
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

  it("gives no cookie to visitors who have one, or who don't get a page", async () => {
    const { cookie } = await visit();

    const again = await createApp().request("/form", { headers: { Cookie: cookie } });
    const text = await createApp().request("/");

    expect([again.headers.get("Set-Cookie"), text.headers.get("Set-Cookie")]).toEqual([null, null]);
  });

  it.each(["", "short", "x".repeat(21), "x".repeat(23), `${"x".repeat(22)}!`, `${"x".repeat(22)}.`])(
    "replaces the cookie %j, which it didn't make",
    async (value) => {
      const answer = await createApp().request("/form", { headers: { Cookie: `__Host-csrf=${value}` } });

      expect(answer.headers.get("Set-Cookie")).toMatch(/^__Host-csrf=[\w-]{22};/);
    },
  );

  it("counts the last of several tokens, and none from a body that isn't a form", async () => {
    const { cookie, token } = await visit();
    const json = { Cookie: cookie, "Content-Type": "application/json" };

    const last = await send({ ...form, Cookie: cookie }, { body: `_csrf=wrong&_csrf=${token}` });
    const first = await send({ ...form, Cookie: cookie }, { body: `_csrf=${token}&_csrf=wrong` });
    const other = await send(json, { body: `_csrf=${token}` });

    expect([last.status, await first.text(), await other.text()]).toEqual([
      200,
      "CSRF token invalid",
      "CSRF token missing",
    ]);
  });

  it("tells caches what the refusal depends on, and htmx to leave the page as it is", async () => {
    const plain = await send({ Origin: "https://evil.example" });
    const htmx = await send({ Origin: "https://evil.example", "HX-Request": "true" });

    expect(plain.headers.get("Vary")).toBe("Sec-Fetch-Site, Origin");
    expect([plain.headers.get("HX-Reswap"), htmx.headers.get("HX-Reswap")]).toEqual([null, "none"]);
  });

  it("logs what it refuses, each reason once a minute", async () => {
    const warned: object[] = [];
    const log = { ...silentLogger, warn: (facts: object, text: string) => warned.push({ ...facts, text }) };
    const app = new Hono().use(csrf({ appUrl: "https://app.example", signer, isSecure: true, log }));

    const evil = { Origin: "https://evil.example" };
    for (const path of ["/notes", "/notes/2"]) await app.request(path, { method: "DELETE", headers: evil });
    for (const path of ["/notes", "/notes/2"]) await app.request(path, { method: "DELETE" });

    expect(warned).toMatchObject([
      { path: "/notes", method: "DELETE", reason: "Cross-origin request refused", text: "request refused" },
      { path: "/notes", method: "DELETE", reason: "CSRF token missing", text: "request refused" },
    ]);
  });

  it.each([
    [{ id: "one" }, 200],
    [{ id: "two" }, 403],
    [{ id: 1 }, 403],
    ["one", 403],
    [null, 403],
    [undefined, 403],
  ])("binds the token to the session of the request by default: %j", async (session, status) => {
    const token = await (await createApp("one").request("/form")).text();
    const app = new Hono()
      .use((c, next) => {
        c.set("session" as never, session as never);
        return next();
      })
      .use(csrf({ appUrl: "https://app.example", signer, isSecure: true }))
      .post("/", (c) => c.text("done"));

    const answer = await app.request("/", { method: "POST", headers: { "X-CSRF-Token": token } });

    expect(answer.status).toBe(status);
  });

  it("exempts the named routes and no others", async () => {
    const paths = ["/hooks/stripe", "/api/hooks/a/b", "/hooks/stripe/x", "/api/hook"];

    const answers = await Promise.all(paths.map((path) => send({}, { path })));

    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 403, 403]);
  });

  it("reads a thousand fields and no more to find the token", async () => {
    const { cookie, token } = await visit();
    const fields = (count: number) => `${"a=1&".repeat(count - 1)}_csrf=${token}`;

    const most = await send({ ...form, Cookie: cookie }, { body: fields(1000) });
    const more = await send({ ...form, Cookie: cookie }, { body: fields(1001) });

    expect([most.status, await more.text()]).toEqual([200, "CSRF token missing"]);
  });

  it("takes no file for a token, and no upload where it has to look for one", async () => {
    const { cookie, token } = await visit();
    const file = new FormData();
    file.set("_csrf", new File([token], "token.txt"));
    const text = new FormData();
    text.set("_csrf", token);
    let refused = 0;
    const app = new Hono()
      .use((c, next) => {
        c.set("bodySize", { maxTextBytes: 1000, refuseUploads: () => (refused += 1) });
        return next();
      })
      .use(csrf({ appUrl: "https://app.example", signer, isSecure: true }))
      .post("/", (c) => c.text("done"));
    const post = (body: FormData, headers: Record<string, string> = {}) =>
      app.request("/", { method: "POST", body, headers: { Cookie: cookie, ...headers } });

    const texts = [await post(file), await post(text), await post(text, { "X-CSRF-Token": token })];

    expect(await Promise.all(texts.map((answer) => answer.text()))).toEqual(["CSRF token missing", "done", "done"]);
    expect(refused).toBe(2);
  });

  it("prefers the header to the field", async () => {
    const { cookie, token } = await visit();
    const body = `_csrf=${token}`;

    const wrong = await send({ ...form, Cookie: cookie, "X-CSRF-Token": "wrong" }, { body });
    const empty = await send({ ...form, Cookie: cookie, "X-CSRF-Token": "" }, { body });

    expect([await wrong.text(), empty.status]).toEqual(["CSRF token invalid", 200]);
  });

  it("accepts a token of an older secret", async () => {
    const { cookie, token } = await visit();
    const signers = createSigner(["a newer secret of some length", "a secret of some length"]);
    const app = new Hono().use(csrf({ appUrl: "https://app.example", signer: signers, isSecure: true }));
    app.post("/", (c) => c.text("done"));

    const answer = await app.request("/", { method: "POST", headers: { Cookie: cookie, "X-CSRF-Token": token } });

    expect(answer.status).toBe(200);
  });

  it("keeps what answers depended on before, when it refuses", async () => {
    const app = new Hono()
      .use((c, next) => {
        c.header("Vary", "Accept");
        return next();
      })
      .use(csrf({ appUrl: "https://app.example", signer, isSecure: true }));

    expect((await app.request("/", { method: "POST" })).headers.get("Vary")).toBe("Accept, Sec-Fetch-Site, Origin");
  });

  it("refuses a URL of the app that isn't one", () => {
    for (const appUrl of ["app.example", "", "ftp://app.example", "javascript:alert(1)"]) {
      expect(() => csrf({ appUrl, signer, isSecure: true })).toThrow(
        expect.objectContaining({ code: "SECURE_INVALID_APP_URL" }),
      );
    }
  });

  it("responds with 403 to a malformed body", async () => {
    const answer = await send({ "Content-Type": "multipart/form-data; boundary=x" }, { body: "--y garbage" });

    expect(answer.status).toBe(403);
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

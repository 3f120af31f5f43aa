import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { type FlashSigner, flash, setFlash, takeFlash } from "./flash.ts";

const signer: FlashSigner = {
  sign: (value) => `${value}.good`,
  verify: (signed) => (signed.endsWith(".good") ? signed.slice(0, -5) : null),
};

function createApp(secureCookies = false) {
  const app = new Hono();
  app.use(flash({ signer, secureCookies }));
  app.get("/set", (c) => {
    setFlash(c, "success", c.req.query("text") ?? "Saved é");
    return c.redirect("/");
  });
  app.get("/take", (c) => c.json(takeFlash(c)));
  app.get("/leave", (c) => c.text(""));
  return app;
}

async function cookieOf(app: Hono, path = "/set") {
  const answer = await app.request(path);
  return answer.headers.get("Set-Cookie")?.split(";")[0] ?? "";
}

describe("flash", () => {
  it("carries a message to the next page and no further", async () => {
    const app = createApp();
    const cookie = await cookieOf(app);

    const answer = await app.request("/take", { headers: { cookie } });

    expect(await answer.json()).toEqual([{ kind: "success", text: "Saved é" }]);
    expect(answer.headers.get("Set-Cookie")).toMatch(/^flash=; Max-Age=0/);
  });

  it("keeps messages that no page has shown", async () => {
    const app = createApp();

    const answer = await app.request("/leave", { headers: { cookie: await cookieOf(app) } });

    expect(answer.headers.get("Set-Cookie")).toBeNull();
  });

  it("ignores a cookie that it didn't sign", async () => {
    const answer = await createApp().request("/take", { headers: { cookie: "flash=bm8.bad" } });

    expect(await answer.json()).toEqual([]);
  });

  it("uses a host-bound, secure cookie that scripts can't read", async () => {
    const answer = await createApp(true).request("https://site.test/set");

    expect(answer.headers.get("Set-Cookie")).toMatch(
      /^__Host-flash=.*Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it("says when messages don't fit", async () => {
    const lines: object[] = [];
    const app = new Hono();
    app.use(flash({ signer, secureCookies: false, log: { ...silentLogger, warn: (facts) => void lines.push(facts) } }));
    app.get("/set", (c) => {
      for (const length of c.req.query("lengths")?.split(",") ?? []) setFlash(c, "info", "x".repeat(Number(length)));
      return c.redirect("/");
    });

    await app.request("/set?lengths=500,500,500");
    expect(lines).toEqual([]);
    await app.request("/set?lengths=501");
    await app.request("/set?lengths=500,500,500,500,500");

    expect(lines).toEqual([
      { path: "/set", messages: 1, kept: 1 },
      { path: "/set", messages: 5, kept: 3 },
    ]);
  });

  it("stays within the size limit of a cookie", async () => {
    const app = createApp();

    const cookie = await cookieOf(app, `/set?text=${"%F0%9F%98%80".repeat(700)}`);

    expect(cookie.length).toBeLessThan(4000);
    expect(cookie.length).toBeGreaterThan(100);
  });

  it("says what is missing if it isn't installed", async () => {
    const app = new Hono().get("/", (c) => c.json(takeFlash(c)));
    app.onError((error) => new Response(error.message));

    const answer = await app.request("/");

    expect(await answer.text()).toMatch(/flash\(\) middleware/);
  });
});

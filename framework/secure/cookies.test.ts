import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { dropCookie, readCookie, writeCookie } from "./cookies.ts";

const app = new Hono();
app.get("/before", (c) => {
  writeCookie(c, { name: "sid", value: "a b", isSecure: true, maxAgeSeconds: 60.7 });
  return c.text("");
});
app.get(
  "/after",
  async (c, next) => {
    await next();
    dropCookie(c, "sid", false);
  },
  (c) => c.text("kept"),
);
app.get("/read", (c) => c.text(readCookie(c, "sid", true) ?? "none"));
app.get("/two", (c) => {
  writeCookie(c, { name: "first", value: "1", isSecure: false });
  writeCookie(c, { name: "second", value: "2", isSecure: false });
  return c.text("");
});
app.get("/of/:bytes", (c) => {
  const rest = "of=; Path=/; HttpOnly; SameSite=Lax".length;
  writeCookie(c, { name: "of", value: "x".repeat(Number(c.req.param("bytes")) - rest), isSecure: false });
  return c.text("set");
});
app.get("/large", (c) => {
  writeCookie(c, { name: "big", value: "x".repeat(5000), isSecure: true });
  return c.text("");
});
app.onError((error, c) => c.text("code" in error ? String(error.code) : "", 500));

describe("writeCookie", () => {
  it("sets a cookie for this host only", async () => {
    const { headers } = await app.request("/before");

    expect(headers.get("Set-Cookie")).toBe("__Host-sid=a%20b; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax");
  });

  it("also works after the response is created", async () => {
    const answer = await app.request("/after");

    expect(answer.headers.get("Set-Cookie")).toBe("sid=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    expect(await answer.text()).toBe("kept");
  });

  it("keeps the cookies that were set before", async () => {
    const { headers } = await app.request("/two");

    expect(headers.getSetCookie().map((cookie) => cookie.split(";")[0])).toEqual(["first=1", "second=2"]);
  });

  it("sets a cookie of 4096 bytes, the most that browsers keep", async () => {
    const answers = [await app.request("/of/4096"), await app.request("/of/4097")];

    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(["set", "SECURE_OVERSIZED_COOKIE"]);
  });

  it("refuses a cookie that browsers would truncate", async () => {
    expect(await (await app.request("/large")).text()).toBe("SECURE_OVERSIZED_COOKIE");
  });
});

describe("readCookie", () => {
  it("ignores a cookie without the __Host- prefix", async () => {
    const answer = await app.request("/read", { headers: { Cookie: "sid=forged" } });

    expect(await answer.text()).toBe("none");
  });
});

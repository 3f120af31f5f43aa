import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { RequireLogin } from "../auth/index.ts";
import { silentLogger } from "../base/index.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";

const opened: Kit[] = [];
const partial = { "HX-Request": "true", "HX-Request-Type": "partial" };

afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close();
});

async function start() {
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const kit = await createKit(app, { dev: true, authSecret, databaseUrl: "sqlite::memory:", log: silentLogger });
  opened.push(kit);
  app.get("/closed", RequireLogin, (c) => c.text("inside"));
  app.get("/broken", () => {
    throw new Error("boom");
  });
  app.get("/elsewhere", () => Response.redirect("http://localhost:3000/", 303));
  app.get("/own", (c) => c.text("own", 200, { Vary: "X-Kind, cookie" }));
  app.get("/shared", (c) => c.text("shared", 200, { "Cache-Control": "public, max-age=60" }));
  const vary = async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(`http://localhost:3000${path}`, init);
    return [answer.status, answer.headers.get("Vary")];
  };
  return { kit, vary };
}

const all = "Accept, Cookie, HX-Request, HX-Request-Type";
const post = { method: "POST", headers: { "Sec-Fetch-Site": "cross-site" } };

describe("a response that depends on the request", () => {
  it.each<readonly [path: string, init: RequestInit, status: number]>([
    ["/nowhere", {}, 404],
    ["/nowhere", { headers: partial }, 404],
    ["/closed", { headers: { Accept: "text/html" } }, 303],
    ["/closed", { headers: partial }, 401],
    ["/broken", { headers: partial }, 500],
    ["/elsewhere", {}, 303],
    ["/events?topic=made-up", { headers: partial }, 403],
  ])("names the headers it depends on, at %s with %j", async (path, init, status) => {
    const { vary } = await start();

    const [found, names] = await vary(path, init);

    expect([found, names]).toEqual([status, all]);
  });

  it("adds them to those that are named already", async () => {
    const { vary } = await start();

    expect(await vary("/login")).toEqual([200, "HX-Request-Type, Accept, Cookie, HX-Request"]);
    expect(await vary("/own")).toEqual([200, "X-Kind, cookie, Accept, HX-Request, HX-Request-Type"]);
    expect(await vary("/logout", post)).toEqual([403, `Sec-Fetch-Site, Origin, ${all}`]);
  });

  it("leaves out the cookie where the route says that everybody gets the same", async () => {
    const { vary } = await start();

    expect(await vary("/shared")).toEqual([200, "Accept, HX-Request, HX-Request-Type"]);
  });

  it("names none of them for files", async () => {
    const { kit, vary } = await start();

    expect(await vary(kit.assets.url("buffkit.css"))).toEqual([200, "Accept-Encoding"]);
  });
});

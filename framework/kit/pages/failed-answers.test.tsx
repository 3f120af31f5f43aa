import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import type { SessionStore } from "../../auth/index.ts";
import { createLogger, KitError } from "../../base/index.ts";
import { createKit } from "../create-kit.ts";
import type { Kit } from "../kit.ts";
import type { Config } from "../settings/config.ts";

const opened: Kit[] = [];
const visit = { headers: { Accept: "text/html" } };

afterEach(async () => {
  for (const kit of opened.splice(0)) await kit.close();
});

async function start(config: Config = {}) {
  const lines: { readonly msg: string; readonly err?: { readonly message: string } }[] = [];
  const log = createLogger({ destination: { write: (line: string) => void lines.push(JSON.parse(line)) } });
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const databaseUrl = "sqlite::memory:";
  opened.push(await createKit(app, { ...{ dev: true, authSecret, databaseUrl, log }, ...config }));
  const failures = () => lines.filter(({ msg }) => /failed/.test(msg)).map(({ err }) => err?.message);
  return { app, failures };
}

const thrown: readonly (readonly [name: string, value: unknown, logged: string])[] = [
  ["a text", "boom", "boom"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  [
    "an object",
    { reason: "full", password: "hunter2", of: { disk: 3 } },
    "{ reason: 'full', password: '[redacted]', of: [Object] }",
  ],
  ["a response", new Response("no", { status: 418 }), "[Response]"],
];

describe("the answer to a request that fails", () => {
  it.each(thrown)("is a page with all headers and a log line when a route throws %s", async (_name, value, logged) => {
    const { app, failures } = await start();
    app.get("/broken", () => {
      throw value;
    });

    const answer = await app.request("http://localhost:3000/broken", visit);

    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining("Something went wrong")]);
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(answer.headers.get("X-Request-Id")).toMatch(/\S/);
    expect(failures()).toEqual([expect.stringContaining(logged)]);
  });

  it("is the same when a middleware of the app rejects, before or after the route", async () => {
    const { app, failures } = await start();
    app.use("/before", () => Promise.reject("early"));
    app.use("/after", async (_c, next) => {
      await next();
      throw "late";
    });
    app.get("/after", (c) => c.text("never sent"));

    const answers = await Promise.all(
      ["/before", "/after"].map((path) => app.request(`http://localhost:3000${path}`, visit)),
    );

    expect(answers.map(({ status }) => status)).toEqual([500, 500]);
    for (const { headers } of answers) expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(failures().sort()).toEqual([expect.stringContaining("early"), expect.stringContaining("late")]);
  });

  it("is the same when the app's own store rejects before any route", async () => {
    const sessionStore = { find: () => Promise.reject("store away") } as Partial<SessionStore> as SessionStore;
    const { app, failures } = await start({ auth: { sessionStore } });

    const answer = await app.request("http://localhost:3000/", { headers: { Cookie: `sid=${"a".repeat(43)}` } });

    expect([answer.status, await answer.text()]).toEqual([500, "Something went wrong on our end.\n"]);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(failures()).toEqual([expect.stringContaining("store away")]);
  });

  it("is a sentence when the layout fails too, with both errors in the log", async () => {
    const layout = () => {
      throw "no layout";
    };
    const { app, failures } = await start({ layout });
    app.get("/broken", () => {
      throw new TypeError("boom");
    });

    const answer = await app.request("http://localhost:3000/broken", visit);

    expect([answer.status, await answer.text()]).toEqual([500, "Something went wrong on our end.\n"]);
    expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(failures()).toEqual(["boom", expect.stringContaining("no layout")]);
  });

  it("says when to come back if something it needs is away", async () => {
    const { app } = await start();
    app.get("/away", () => {
      throw new KitError({ code: "TEST_AWAY", message: "It is away.", status: 503 });
    });

    const answer = await app.request("http://localhost:3000/away", visit);

    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "5"]);
  });

  it("keeps its status when there's no page and the layout fails", async () => {
    const layout = () => {
      throw new Error("no layout");
    };
    const { app, failures } = await start({ layout });

    const answer = await app.request("http://localhost:3000/nowhere", visit);

    expect([answer.status, await answer.text()]).toEqual([404, "This page doesn't exist.\n"]);
    expect(failures()).toEqual(["no layout"]);
  });
});

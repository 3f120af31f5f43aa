import { once } from "node:events";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Logger, silentLogger } from "../../base/index.ts";
import { readForm } from "../../forms/index.ts";
import { createKit } from "../create-kit.ts";
import type { Kit } from "../kit.ts";
import { type RunningServer, serve } from "../serve.ts";
import type { Config } from "../settings/config.ts";

const hosts = ["localhost", "127.0.0.1"];
const production: Partial<Config> = { appUrl: "https://app.example", mail: "log", migrate: true, secure: { hosts } };
const opened: (Kit | RunningServer)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** A server that waits for the whole body, and its log. */
async function start({ dev = true } = {}) {
  const logged: (readonly [level: string, text: string])[] = [];
  const levels = Object.fromEntries(
    ["info", "warn", "error"].map((level) => [level, (_facts: object, text: string) => logged.push([level, text])]),
  );
  const log: Logger = { ...silentLogger, ...levels };
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const kit = await createKit(app, {
    dev,
    authSecret,
    databaseUrl: "sqlite::memory:",
    log,
    ...(dev ? {} : production),
  });
  app.post("/upload", async (c) => c.text(String((await c.req.text()).length)));
  app.post("/form", async (c) => c.json(await readForm(c, z.object({}))));
  app.get("/broken", () => {
    throw new TypeError("boom");
  });
  const server = await serve(app, kit, { port: 0, graceMs: 100 });
  opened.push(server);
  return { server, logged };
}

describe("the error handler", () => {
  it("doesn't log an error when a client disconnects in the middle of its request", async () => {
    const { server, logged } = await start();
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");

    const head = [`Host: localhost:${server.port}`, "Sec-Fetch-Site: same-origin", "Content-Length: 1000"];
    socket.write(`POST /upload HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\nonly this`);
    setTimeout(() => socket.destroy(), 50);

    await expect
      .poll(() => logged)
      .toContainEqual(["info", "the client disconnected before sending its whole request"]);
    expect(logged.filter(([level]) => level === "error")).toEqual([]);
  });

  it("logs a server error", async () => {
    const { server, logged } = await start();

    const answer = await fetch(`${server.url}/broken`);

    expect(answer.status).toBe(500);
    expect(logged).toContainEqual(["error", "request failed"]);
  });
});

describe("requests that are the visitor's fault", () => {
  it.each([
    ["all logged in development", true, 3],
    ["logged once a minute for each code in production", false, 1],
  ])("are %s", async (_, dev, times) => {
    const { server, logged } = await start({ dev });

    const headers = { "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin" };
    for (let n = 0; n < 3; n += 1) await fetch(`${server.url}/form`, { method: "POST", body: "{", headers });

    expect(logged.filter(([, text]) => text === "request refused")).toEqual(
      Array(times).fill(["warn", "request refused"]),
    );
  });
});

describe("the handler for what isn't there", () => {
  it("shows browsers that look for an icon where it is, and nobody else", async () => {
    const { server } = await start();

    const icon = await fetch(`${server.url}/favicon.ico`);
    const other = await fetch(`${server.url}/nowhere.ico`);
    const posted = await fetch(`${server.url}/favicon.ico`, {
      method: "POST",
      headers: { "Sec-Fetch-Site": "same-origin" },
    });

    expect(icon.status).toBe(200);
    expect(icon.headers.get("Content-Type")).toContain("image/svg+xml");
    expect(icon.redirected).toBe(true);
    expect([other.status, posted.status]).toEqual([404, 404]);
  });
});

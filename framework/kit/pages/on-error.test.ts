import { once } from "node:events";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { type Logger, silentLogger } from "../../base/index.ts";
import { createKit } from "../create-kit.ts";
import type { Kit } from "../kit.ts";
import { type RunningServer, serve } from "../serve.ts";

const opened: (Kit | RunningServer)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** A server that waits for the whole body, and its log. */
async function start() {
  const logged: (readonly [level: string, text: string])[] = [];
  const levels = Object.fromEntries(
    ["info", "warn", "error"].map((level) => [level, (_facts: object, text: string) => logged.push([level, text])]),
  );
  const log: Logger = { ...silentLogger, ...levels };
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const kit = await createKit(app, { dev: true, authSecret, databaseUrl: "sqlite::memory:", log });
  app.post("/upload", async (c) => c.text(String((await c.req.text()).length)));
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

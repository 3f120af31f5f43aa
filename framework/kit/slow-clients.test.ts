import { once } from "node:events";
import { connect } from "node:net";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { createKit } from "./create-kit.ts";
import { serve } from "./serve.ts";

it("slow clients have ten seconds for the header of a request", { timeout: 60_000 }, async () => {
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const kit = await createKit(app, { dev: true, authSecret, databaseUrl: "sqlite::memory:", log: silentLogger });
  const server = await serve(app, kit, { port: 0 });
  const socket = connect(server.port, "127.0.0.1");
  const from = performance.now();

  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n");
  const [answer] = await once(socket, "data");
  await once(socket, "close");

  expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - from).toBeGreaterThan(9000);
  await server.close();
});

it("slow clients have as long for a whole request as is set", { timeout: 60_000 }, async () => {
  const app = new Hono();
  const authSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";
  const kit = await createKit(app, { dev: true, authSecret, databaseUrl: "sqlite::memory:", log: silentLogger });
  const server = await serve(app, kit, { port: 0, requestTimeoutMs: 500 });
  const socket = connect(server.port, "127.0.0.1");
  const from = performance.now();

  socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nslow");
  const [answer] = await once(socket, "data");
  socket.destroy();

  expect(String(answer)).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(performance.now() - from).toBeLessThan(9000);
  await server.close();
});

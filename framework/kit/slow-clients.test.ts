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

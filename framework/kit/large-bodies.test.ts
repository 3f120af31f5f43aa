import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { silentLogger } from "../base/index.ts";
import { fileField, readForm } from "../forms/index.ts";
import { serveForTest, type TestServer } from "../test-support/test-server.ts";
import { createKit } from "./create-kit.ts";
import type { Kit } from "./kit.ts";

let kit: Kit;
let server: TestServer;
let sockets: Socket[];

beforeEach(async () => {
  const app = new Hono();
  kit = await createKit(app, {
    dev: true,
    authSecret: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
    databaseUrl: "sqlite::memory:",
    log: silentLogger,
    secure: { maxBytesPerAddress: 5_000_000 },
  });
  const schema = z.object({ paper: fileField({ maxBytes: 4_000_000 }) });
  app.post("/papers", async (c) => c.json((await readForm(c, schema)).ok));
  server = await serveForTest(app);
  sockets = [];
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
  await kit.close();
});

/** Begins a multipart request of 3 MB, and sends as many bytes of it. */
async function beginUpload(path: string, { bytes }: { bytes: number }): Promise<Socket> {
  const socket = connect(server.port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  const head = [
    `POST ${path} HTTP/1.1`,
    "Host: localhost",
    "Sec-Fetch-Site: same-origin",
    "Content-Type: multipart/form-data; boundary=XX",
    "Content-Length: 3000000",
  ];
  await once(socket, "connect");
  const body = '--XX\r\nContent-Disposition: form-data; name="paper"; filename="a.png"\r\n\r\n'.padEnd(bytes, "x");
  await new Promise((sent) => socket.write(`${head.join("\r\n")}\r\n\r\n${body}`, sent));
  return socket;
}

async function firstLine(socket: Socket): Promise<string> {
  const [chunk] = await once(socket, "data");
  return String(chunk).split("\r\n")[0] ?? "";
}

describe("the body of a request", () => {
  it("is refused before it arrives if it is as large as an upload and the route takes no file", async () => {
    expect(await firstLine(await beginUpload("/login", { bytes: 1000 }))).toContain("413");
  });

  it("is refused if its address has too much on its way already, and others aren't held up", async () => {
    await beginUpload("/papers", { bytes: 2_900_000 });
    const second = await beginUpload("/papers", { bytes: 2_900_000 });

    expect(await firstLine(second)).toContain("429");
    const small = new FormData();
    small.set("paper", new File([], ""));
    const answer = await fetch(`${server.url}/papers`, { method: "POST", body: small, headers: sameOrigin });
    expect(await answer.text()).toBe("true");
  });

  it("is given back when the client is gone", async () => {
    const first = await beginUpload("/papers", { bytes: 2_900_000 });
    const second = await beginUpload("/papers", { bytes: 2_900_000 });
    await firstLine(second);

    first.destroy();

    await expect.poll(statusOfUpload, { timeout: 20_000 }).toBe(200);
  });
});

const sameOrigin = { "Sec-Fetch-Site": "same-origin" };

async function statusOfUpload(): Promise<number> {
  const form = new FormData();
  form.set("paper", new File(["x".repeat(2_900_000)], "a.png", { type: "image/png" }));
  const answer = await fetch(`${server.url}/papers`, { method: "POST", body: form, headers: sameOrigin });
  await answer.text();
  return answer.status;
}

import { constants, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { openSocket, serveForTest } from "../../test-support/test-server.ts";
import { openStream } from "../../test-support/test-stream.ts";
import { createBroker } from "../broker.ts";
import { gzipHead, textPayload } from "../event/wire-format.ts";
import { everybody } from "../everybody.ts";
import { GzipConnection } from "./gzip-connection.ts";
import { WebConnection } from "./web-connection.ts";

describe("a compressed stream", () => {
  it("can be read event by event, with fetch and with Node's gunzip", async () => {
    const broker = createBroker({ gzip: true });
    const server = await serveForTest(new Hono().get("/events", broker.handler));
    const stream = await openStream(`${server.url}/events`, { "Accept-Encoding": "br, gzip" });
    await stream.event("bk:hello");

    for (let n = 0; n < 5; n += 1) {
      await broker.broadcast("n", `${n} ✓ `.repeat(200), { to: everybody });
      await stream.until(() => stream.data("n").length === n + 1);
    }

    expect(stream.response.headers.get("content-encoding")).toBe("gzip");
    expect(stream.data("n")[4]).toBe("4 ✓ ".repeat(200));
    await broker.close();
    await server.stop();
  });

  it("is only sent to clients that ask for it", async () => {
    const broker = createBroker({ gzip: true });
    const server = await serveForTest(new Hono().get("/events", broker.handler));

    const socket = await openSocket(server.port, "/events");
    const [head] = await socket.take(1).toArray();

    expect(String(head)).toMatch(/^content-encoding: identity\r$/im);
    socket.destroy();
    await broker.close();
    await server.stop();
  });
});

describe("GzipConnection", () => {
  it("tells of its connection what it knows, and what happens to it", () => {
    const inner = new WebConnection({});
    const connection = new GzipConnection(inner);
    const closes: string[] = [];
    const listener = { onDrain() {}, onClose: (reason: string) => void closes.push(reason) };
    connection.listener = listener;

    const seen = [connection.queuedBytes, connection.peer, connection.closed, connection.response === inner.response];
    connection.destroy();

    expect(seen).toEqual([gzipHead.length, null, false, true]);
    expect([closes, connection.closed, connection.listener === listener]).toEqual([["server"], true, true]);
  });
});

describe("Payload.compressed", () => {
  it("is compressed once for all connections that share the payload", () => {
    const payload = textPayload("data: x\n\n");

    expect(payload.compressed).toBe(payload.compressed);
  });

  it("can follow any other block", () => {
    const blocks = ["one", "two", "three"].map((text) => textPayload(text).compressed.plain);

    const text = gunzipSync(Buffer.concat([gzipHead, ...blocks]), { finishFlush: constants.Z_SYNC_FLUSH });

    expect(text.toString()).toBe("onetwothree");
  });
});

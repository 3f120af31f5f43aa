import { connect as connectHttp2, type Http2ServerResponse } from "node:http2";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { openSocket, serveForTest } from "../../test-support/test-server.ts";
import { textPayload } from "../event/wire-format.ts";
import { type Connection, lingerMs } from "./connection.ts";
import { openConnection } from "./open-connection.ts";

/** An open stream, and what carries it on the server. */
interface Opened {
  readonly connection: Connection;
  readonly carrier: Duplex;
}

/** An app with a stream, and a promise of the one that is opened. */
function createApp(): { readonly app: Hono; readonly opened: Promise<Opened> } {
  const app = new Hono();
  const opened = new Promise<Opened>((resolve) => {
    app.get("/stream", (c) => {
      // node-server serves this test.
      const { incoming, outgoing } = c.env as { incoming: { socket: Socket }; outgoing: Partial<Http2ServerResponse> };
      const connection = openConnection(c);
      resolve({ connection, carrier: outgoing.stream ?? incoming.socket });
      return connection.response;
    });
  });
  return { app, opened };
}

/** Closes a stream whose client reads nothing, and resolves with how long its carrier stays. */
async function closeUnread({ connection, carrier }: Opened): Promise<number> {
  while (connection.write(textPayload(`data: ${"x".repeat(65_536)}\n\n`)) === "sent");
  const closed = new Promise((resolve) => carrier.once("close", resolve));
  const since = performance.now();
  connection.close();
  await closed;
  return performance.now() - since;
}

describe("a stream that is closed while its client reads nothing", () => {
  it("is cut off after a while, over HTTP/1.1 and HTTP/2", async () => {
    const [one, two] = [createApp(), createApp()];
    const servers = [await serveForTest(one.app), await serveForTest(two.app, "http2")];
    const socket = await openSocket(servers[0]?.port ?? 0, "/stream");
    const session = connectHttp2(servers[1]?.url ?? "");
    session.request({ ":path": "/stream" }).on("error", () => undefined);
    session.on("error", () => undefined);

    const stays = await Promise.all([one, two].map(async ({ opened }) => await closeUnread(await opened)));

    expect(stays.map((ms) => ms > lingerMs - 100)).toEqual([true, true]);
    socket.destroy();
    session.destroy();
    for (const server of servers) await server.stop();
  });
});

describe("a stream that is closed while its client reads", () => {
  it("ends at once, over HTTP/1.1 and HTTP/2", async () => {
    const [one, two] = [createApp(), createApp()];
    const servers = [await serveForTest(one.app), await serveForTest(two.app, "http2")];
    const socket = (await openSocket(servers[0]?.port ?? 0, "/stream")).resume();
    const session = connectHttp2(servers[1]?.url ?? "");
    const request = session.request({ ":path": "/stream" }).resume();
    const ends = [socket, request].map((client) => new Promise((resolve) => client.once("end", resolve)));

    const ended = await Promise.all(
      [one, two].map(async ({ opened }) => {
        const { connection, carrier } = await opened;
        connection.close();
        // Now, because after a while it's cut off anyway.
        return carrier.writableEnded;
      }),
    );
    await Promise.all(ends);

    expect(ended).toEqual([true, true]);
    session.destroy();
    for (const server of servers) await server.stop();
  });
});

describe("a stream over HTTP/2 that breaks", () => {
  it("is closed by its client, for the reason that broke it", async () => {
    const { app, opened } = createApp();
    const server = await serveForTest(app, "http2");
    const session = connectHttp2(server.url);
    session.request({ ":path": "/stream" }).on("error", () => undefined);
    const { connection, carrier } = await opened;
    const closed = new Promise((resolve) => {
      connection.listener = { onDrain() {}, onClose: (...facts) => resolve(facts) };
    });

    carrier.destroy(new RangeError("broken"));

    expect(await closed).toEqual(["client", new RangeError("broken")]);
    session.destroy();
    await server.stop();
  });
});

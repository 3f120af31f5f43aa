import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { openSocket, serveForTest } from "../../../test-support/test-server.ts";
import { textPayload } from "../../event/wire-format.ts";
import type { Connection } from "../connection.ts";
import { openConnection } from "../open-connection.ts";

/** A stream over HTTP/1.1, a moment after it was opened. */
async function open() {
  const requests: IncomingMessage[] = [];
  const connections: Connection[] = [];
  const app = new Hono().get("/stream", (c) => {
    const { incoming } = c.env as { incoming: IncomingMessage }; // node-server serves this test
    const connection = openConnection(c);
    requests.push(incoming);
    connections.push(connection);
    return connection.response;
  });
  const server = await serveForTest(app);
  const client = await openSocket(server.port, "/stream");
  await once(client, "data");
  await nextTurn();
  const [[incoming], [connection]] = [requests, connections];
  if (incoming === undefined || connection === undefined) throw new Error("no stream");
  const close = async () => {
    client.destroy();
    await server.stop();
  };
  return { incoming, connection, client, close };
}

describe("a stream that has taken its socket over", () => {
  it("frees what Node's server holds for it: the parser, its listeners and its wrappers", async () => {
    const { incoming, close } = await open();
    const { socket } = incoming;

    const names = socket.eventNames().flatMap((event) => socket.rawListeners(event).map(({ name }) => name));
    const methods = ["on", "addListener", "prependListener", "setEncoding"] as const;

    expect([Reflect.get(socket, "parser"), Reflect.get(incoming, "parser"), socket.timeout]).toEqual([null, null, 0]);
    expect(names.filter((name) => /socketOn|onSocket/.test(name))).toEqual([]);
    expect(methods.filter((name) => socket[name] !== Socket.prototype[name])).toEqual([]);
    await close();
  });

  it("ignores what its client sends, and goes on", async () => {
    const { connection, client, close } = await open();

    client.write("GET /other HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100));
    await nextTurn();
    connection.write(textPayload("data: on\n\n"));
    const [bytes] = await once(client, "data");

    expect(String(bytes)).toContain("data: on");
    expect(connection.closed).toBe(false);
    await close();
  });
});

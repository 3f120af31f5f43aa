import { once } from "node:events";
import { Agent, get, type IncomingMessage, type ServerResponse } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import type { Hono } from "hono";
import { Hono as App, Context } from "hono";
import { describe, expect, it } from "vitest";
import { createGate } from "../../test-support/create-gate.ts";
import { openSocket, serveForTest } from "../../test-support/test-server.ts";
import { TestStream } from "../../test-support/test-stream.ts";
import { connectionChecks, type RequestStream } from "../conformance/connection-conformance.ts";
import { textPayload } from "../event/wire-format.ts";
import type { Connection } from "./connection.ts";
import { openConnection } from "./open-connection.ts";

const overHttp1: RequestStream = async (app: Hono) => {
  const server = await serveForTest(app);
  const request = get(`${server.url}/stream`, { agent: new Agent() });
  const [response]: IncomingMessage[] = await once(request, "response");
  if (response === undefined) throw new Error("no response");
  const leave = async () => {
    request.destroy();
    await once(request, "close");
  };
  return {
    head: { status: response.statusCode ?? 0, header: (name) => String(response.headers[name] ?? "") },
    read: () => new TestStream(response, () => request.destroy()),
    leave,
    close: () => server.stop(),
  };
};

/** Instrumentation may wrap a socket; no write may bypass its `_write`. */
const overWrappedSocket: RequestStream = async (app: Hono) => {
  const wrapped = new App().use(async (c, next) => {
    const { socket } = (c.env as { incoming: { socket: Socket } }).incoming; // node-server serves this test
    socket._write = socket._write.bind(socket);
    await next();
  });
  return await overHttp1(wrapped.route("/", app));
};

const overHttp2: RequestStream = async (app: Hono) => {
  const server = await serveForTest(app, "http2");
  const session = connectHttp2(server.url);
  const request = session.request({ ":path": "/stream" });
  const [headers] = await once(request, "response");
  return {
    head: { status: Number(headers[":status"]), header: (name) => String(headers[name] ?? "") },
    read: () => new TestStream(request, () => request.close()),
    leave: async () => {
      const closed = once(request, "close");
      request.close();
      await closed;
    },
    close: async () => {
      session.destroy();
      await server.stop();
    },
  };
};

const overWebStreams: RequestStream = async (app: Hono) => {
  const abort = new AbortController();
  const response = await app.request("/stream", { signal: abort.signal });
  const { body } = response;
  if (body === null) throw new Error("no body");
  return {
    head: { status: response.status, header: (name) => response.headers.get(name) },
    read: () => new TestStream(body, () => abort.abort()),
    leave: () => body.cancel(),
    close: () => Promise.resolve(abort.abort()),
  };
};

describe("a connection over HTTP/1.1", () => {
  it.each(connectionChecks(overHttp1))("$name", ({ run }) => run());
});

describe("a connection over a socket that somebody has wrapped", () => {
  it.each(connectionChecks(overWrappedSocket))("$name", ({ run }) => run());
});

describe("a connection over HTTP/2", () => {
  it.each(connectionChecks(overHttp2))("$name", ({ run }) => run());
});

describe("a connection over web streams", () => {
  it.each(connectionChecks(overWebStreams))("$name", ({ run }) => run());
});

describe("openConnection on Node", () => {
  it("writes without chunks to an HTTP/1.0 client, and ends by closing", async () => {
    const app = new App().get("/stream", (c) => {
      const connection = openConnection(c);
      connection.write(textPayload("data: plain\n\n"));
      connection.close();
      return connection.response;
    });
    const server = await serveForTest(app);

    const socket = await openSocket(server.port, "/stream", "1.0");
    const answer = Buffer.concat(await socket.toArray()).toString();

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(answer).toMatch(/\r\n\r\ndata: plain\n\n$/);
    await server.stop();
  });

  it("ends with the last chunk, so that an HTTP/1.1 client knows the response is complete", async () => {
    const app = new App().get("/stream", (c) => {
      const connection = openConnection(c);
      connection.write(textPayload("data: x\n\n"));
      connection.close();
      return connection.response;
    });
    const server = await serveForTest(app);

    const socket = await openSocket(server.port, "/stream");
    const answer = Buffer.concat(await socket.toArray()).toString();

    expect(answer).toMatch(/\r\n\r\n9\r\ndata: x\n\n\r\n0\r\n\r\n$/);
    await server.stop();
  });

  it("writes through the response where the socket is a mere name for it, as on Bun", async () => {
    const written: string[] = [];
    const app = new App().get("/stream", (c) => {
      const { outgoing } = c.env as { outgoing: ServerResponse }; // node-server serves this test
      const { socket, write } = outgoing;
      if (socket === null) throw new Error("no socket");
      const handle: unknown = Reflect.get(socket, "_handle");
      outgoing.write = (chunk: Uint8Array) => {
        written.push(Buffer.from(chunk).toString());
        return write.call(outgoing, chunk, "utf8");
      };
      // Without its handle, nothing may be written to the socket itself.
      socket.cork();
      Reflect.set(socket, "_handle", null);
      const connection = openConnection(c);
      Reflect.set(socket, "_handle", handle);
      socket.uncork();
      connection.write(textPayload("data: x\n\n"));
      connection.close();
      return connection.response;
    });
    const server = await serveForTest(app);

    const answer = await (await fetch(`${server.url}/stream`)).text();

    expect([written, answer]).toEqual([["data: x\n\n"], "data: x\n\n"]);
    await server.stop();
  });

  it("waits for the response before it on the same connection, and then sends its head before the first event", async () => {
    const gate = createGate();
    const opened: Connection[] = [];
    const app = new App().get("/slow", async (c) => {
      await gate.opened;
      return c.text("slow");
    });
    app.get("/stream", (c) => {
      const connection = openConnection(c);
      opened.push(connection);
      return connection.response;
    });
    const server = await serveForTest(app);
    const socket = connect(server.port, "127.0.0.1").setEncoding("utf8");
    let received = "";
    socket.on("data", (text) => {
      received += text;
    });
    const ended = once(socket, "close");
    for (const path of ["/slow", "/stream"]) socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await expect.poll(() => opened.length).toBe(1);

    gate.open();
    await expect.poll(() => received).toMatch(/slow.*text\/event-stream.*\r\n\r\n$/s);
    const [connection] = opened;
    connection?.write(textPayload("data: late\n\n"));
    const peers = [connection?.peer, `127.0.0.1:${socket.localPort}`];
    connection?.close();
    await ended;

    expect(peers[0]).toBe(peers[1]);
    expect(received).toMatch(/\r\n\r\nc\r\ndata: late\n\n\r\n0\r\n\r\n$/);
    await server.stop();
  });

  it.each([
    ["gzip", true],
    ["br, gzip;q=0.5", true],
    ["GZIP", true],
    ["deflate,gzip ; q=0.001", true],
    ["gzip;q=0", false],
    ["gzip; q=0.00 , br", false],
    ["br;q=1, gzip;q=0.0", false],
    ["x-gzip", false],
    ["identity", false],
    ["", false],
  ])("compresses for a client that accepts %j: %s", (accepted, isCompressed) => {
    const encodingOf = (gzip: boolean | undefined) => {
      const c = new Context(new Request("http://x/", { headers: { "Accept-Encoding": accepted } }));
      return openConnection(c, gzip === undefined ? {} : { gzip }).response.headers.get("Content-Encoding");
    };

    expect(encodingOf(true)).toBe(isCompressed ? "gzip" : "identity");
    expect([encodingOf(false), encodingOf(undefined)]).toEqual(["identity", "identity"]);
  });

  it("says that its connection isn't kept, so that a proxy sends no other request on it", async () => {
    const app = new App().get("/stream", (c) => openConnection(c).response);
    const server = await serveForTest(app);

    const socket = await openSocket(server.port, "/stream");
    const [head] = await once(socket.setEncoding("utf8"), "data");

    expect(head).toMatch(/^connection: close\r$/im);
    socket.destroy();
    await server.stop();
  });

  it("detects a client that closes only its side", async () => {
    let closed: Promise<unknown> | undefined;
    const app = new App().get("/stream", (c) => {
      const connection = openConnection(c);
      closed = new Promise((resolve) => {
        connection.listener = { onDrain() {}, onClose: resolve };
      });
      return connection.response;
    });
    const server = await serveForTest(app);
    const socket = await openSocket(server.port, "/stream");
    await once(socket, "data");

    socket.end();

    expect(await closed).toBe("client");
    await server.stop();
  });

  it("reports the error when a write fails", async () => {
    let closed: Promise<unknown> | undefined;
    const app = new App().get("/stream", (c) => {
      const connection = openConnection(c);
      closed = new Promise((resolve) => {
        connection.listener = { onDrain() {}, onClose: (...facts) => resolve(facts) };
      });
      setImmediate(() => {
        const { socket } = (c.env as { incoming: { socket: Socket } }).incoming; // node-server serves this test
        socket._write = (_chunk, _encoding, done) => done(new Error("write EIO"));
        connection.write(textPayload("data: x\n\n"));
      });
      return connection.response;
    });
    const server = await serveForTest(app);
    const socket = await openSocket(server.port, "/stream");
    await once(socket, "data");

    expect(await closed).toEqual(["client", new Error("write EIO")]);
    await server.stop();
  });

  it("survives middleware that sets headers after the handler, with either API", async () => {
    const app = new App();
    app.use(async (c, next) => {
      await next();
      c.header("X-Late", "1");
      c.res.headers.set("X-Later", "1");
    });
    app.get("/stream", (c) => {
      const connection = openConnection(c);
      setImmediate(() => {
        connection.write(textPayload("data: clean\n\n"));
        connection.close();
      });
      return connection.response;
    });
    const server = await serveForTest(app);

    const socket = await openSocket(server.port, "/stream");
    const answer = Buffer.concat(await socket.toArray()).toString();

    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).toMatch(/\r\n\r\n[0-9a-f]+\r\ndata: clean\n\n\r\n0\r\n\r\n$/);
    await server.stop();
  });
});

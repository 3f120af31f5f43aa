import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import { connect, type Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import type { Hono } from "hono";

/** A running server for a test. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves an app on a free loopback port, over HTTP/1.1 or cleartext HTTP/2. */
export async function serveForTest(app: Hono, protocol: "http1" | "http2" = "http1"): Promise<TestServer> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server: Server | Http2Server = protocol === "http1" ? createServer(listener) : createHttp2Server(listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, port, stop };
}

/** The events of one stream, as a client receives them. */
export class TestStream {
  readonly events: EventSourceMessage[] = [];
  readonly comments: string[] = [];
  readonly retries: number[] = [];
  text = "";
  isEnded = false;
  readonly #stop: () => void;
  readonly #done: Promise<void>;
  #wake: () => void = () => {};

  constructor(body: AsyncIterable<Uint8Array>, stop: () => void) {
    this.#stop = stop;
    this.#done = this.#read(body);
  }

  /** Resolves when the condition holds. It has no timeout of its own: the test's applies. */
  async until(holds: (stream: TestStream) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.isEnded) throw new Error(`the stream ended first: ${this.text.slice(-300)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Waits for the first event of this type. */
  async event(type: string): Promise<EventSourceMessage> {
    await this.until((stream) => stream.events.some(({ event }) => event === type));
    const found = this.events.find(({ event }) => event === type);
    if (found === undefined) throw new Error("unreachable: the event was just found");
    return found;
  }

  /** The data of all events of this type so far. */
  data(type: string): string[] {
    return this.events.filter(({ event }) => event === type).map(({ data }) => data);
  }

  async ended(): Promise<void> {
    await this.#done;
  }

  /** Disconnects the client. */
  async leave(): Promise<void> {
    this.#stop();
    await this.#done;
  }

  async #read(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: (event) => this.events.push(event),
      onComment: (comment) => this.comments.push(comment),
      onRetry: (retry) => this.retries.push(retry),
    });
    try {
      for await (const bytes of body) {
        const text = decoder.decode(bytes, { stream: true });
        this.text += text;
        parser.feed(text);
        this.#wake();
      }
    } catch {
      // Disconnecting throws here. Either way, the stream has ended.
    }
    this.isEnded = true;
    this.#wake();
  }
}

/** Opens a stream over a real socket and waits for the response headers. */
export async function openStream(
  url: string,
  headers: Record<string, string> = {},
): Promise<TestStream & { response: Response }> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const stream = new TestStream(response.body ?? emptyBody(), () => abort.abort());
  return Object.assign(stream, { response });
}

/** Sends a GET over a raw socket and doesn't read the response. */
export async function openSocket(port: number, path: string, version = "1.1"): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/${version}\r\nHost: 127.0.0.1\r\n\r\n`);
  return socket;
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

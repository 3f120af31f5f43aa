import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

const htmxFolder = new URL("../../node_modules/htmx.org/dist/", import.meta.url);
const htmxFiles: Readonly<Record<string, string>> = { "/htmx.js": "htmx.js", "/hx-sse.js": "ext/hx-sse.js" };

/** A server that sends given bytes as an event stream, piece by piece, and a page for each client that reads them. */
export class WireStation {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    const { port } = server.address() as AddressInfo; // it listens on TCP
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
  }

  static async start(pieces: readonly Buffer[]): Promise<WireStation> {
    const server = createServer((request, response) => {
      const path = request.url ?? "/";
      const file = htmxFiles[path];
      if (file)
        response.writeHead(200, { "Content-Type": "text/javascript" }).end(readFileSync(new URL(file, htmxFolder)));
      else if (path === "/stream") void send(response, pieces);
      else
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(path === "/htmx" ? htmxPage : "");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new WireStation(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** Nothing is swapped: the page notes each message as htmx has parsed it, and cancels it. */
const htmxPage = `<!doctype html><title>htmx</title>
<script>
  const seen = [];
  const whole = new Promise((resolve) => {
    document.addEventListener("htmx:sse:before:message", (event) => {
      event.preventDefault();
      const { event: type, data, id } = event.detail.message;
      if (type !== "the end of the stream") return seen.push({ type: type || "message", data, id });
      event.target.remove();
      resolve(seen);
    });
  });
</script>
<script src="/htmx.js"></script>
<script src="/hx-sse.js"></script>
<div hx-sse:connect="/stream" hx-swap="none"></div>`;

async function send(response: ServerResponse, pieces: readonly Buffer[]): Promise<void> {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.socket?.setNoDelay(true);
  for (const piece of pieces) {
    if (response.closed) return;
    if (!response.write(piece)) await once(response, "drain");
    // So that pieces leave one by one.
    await nextTurn();
  }
  response.end("event: the end of the stream\ndata\n\n");
}

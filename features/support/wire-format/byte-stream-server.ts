import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { listenLocally } from "../listen.ts";

const htmxFolder = new URL("../../../node_modules/htmx.org/dist/", import.meta.url);
const htmxFiles: Readonly<Record<string, string>> = { "/htmx.js": "htmx.js", "/hx-sse.js": "ext/hx-sse.js" };

/** A server that sends the given bytes as an event stream, chunk by chunk, with a page for each client that reads them. */
export class ByteStreamServer {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.#server = server;
  }

  static async start(chunks: readonly Buffer[]): Promise<ByteStreamServer> {
    const server = createServer((request, response) => {
      const path = request.url ?? "/";
      const file = htmxFiles[path];
      if (file)
        response.writeHead(200, { "Content-Type": "text/javascript" }).end(readFileSync(new URL(file, htmxFolder)));
      else if (path === "/stream") void send(response, chunks);
      else
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(path === "/htmx" ? htmxPage : "");
    });
    return new ByteStreamServer(server, await listenLocally(server));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** Nothing is swapped: the page records each message as htmx has parsed it and cancels it. */
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

async function send(response: ServerResponse, chunks: readonly Buffer[]): Promise<void> {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.socket?.setNoDelay(true);
  for (const chunk of chunks) {
    if (response.closed) return;
    if (!response.write(chunk)) await once(response, "drain");
    // Lets each chunk leave on its own.
    await nextTurn();
  }
  response.end("event: the end of the stream\ndata\n\n");
}

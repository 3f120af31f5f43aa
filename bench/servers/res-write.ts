import { createServer, type ServerResponse } from "node:http";
import { listen } from "./announce.ts";
import { parseBroadcastRequest } from "./broadcast-request.ts";
import { drive } from "./drive.ts";

const readers = new Set<ServerResponse>();

/** What people write by hand: format once, `write` to each response. */
function publish(data: string): void {
  const frame = `event: msg\ndata: ${data}\n\n`;
  for (const reader of readers) reader.write(frame);
}

listen(
  createServer((request, response) => {
    if (request.method === "POST") {
      response.writeHead(202).end();
      void drive(parseBroadcastRequest(request.url ?? ""), publish);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.flushHeaders();
    readers.add(response);
    response.on("close", () => readers.delete(response));
  }),
);

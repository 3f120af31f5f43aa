import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { announce } from "./announce.ts";
import { parseBroadcastRequest } from "./broadcast-request.ts";
import { drive } from "./drive.ts";

const readers = new Set<SSEStreamingApi>();

/** The loop that hono's documentation leaves to the application: every stream formats and writes each event. */
function publish(data: string): void {
  for (const reader of readers) void reader.writeSSE({ event: "msg", data });
}

const app = new Hono();

app.get("/events", (c) =>
  streamSSE(c, async (stream) => {
    readers.add(stream);
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    readers.delete(stream);
  }),
);

app.post("/go", (c) => {
  void drive(parseBroadcastRequest(c.req.url), publish);
  return c.body(null, 202);
});

serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (address) => announce(address.port));

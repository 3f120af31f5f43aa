import { describe, expect, it } from "vitest";
import { type ReceivedEvent, readEvents } from "./event-parser.ts";
import { serializeEvent } from "./wire-format.ts";

async function eventsIn(text: string, bytesAtOnce = 7) {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += bytesAtOnce) controller.enqueue(bytes.slice(at, at + bytesAtOnce));
      controller.close();
    },
  });
  const events: ReceivedEvent[] = [];
  for await (const event of readEvents(body.getReader())) events.push(event);
  return events;
}

describe("readEvents", () => {
  it("reads what serializeEvent writes, wherever the bytes are split", async () => {
    const text =
      serializeEvent({ id: "1-1", event: "price", data: "one\ntwo ✓" }) + serializeEvent({ data: "<b>x</b>" });

    expect(await eventsIn(text)).toEqual([
      { name: "price", id: "1-1", data: "one\ntwo ✓" },
      { name: "message", id: "", data: "<b>x</b>" },
    ]);
  });

  it("leaves out comments and lone ids", async () => {
    expect(await eventsIn(": hello\n\nid: 7\n\nevent: bare\n\n")).toEqual([{ name: "bare", id: "", data: "" }]);
  });
});

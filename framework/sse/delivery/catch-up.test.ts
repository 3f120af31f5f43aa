import { describe, expect, it } from "vitest";
import { idleListener } from "../connection/connection.ts";
import { LogPieces } from "./catch-up.ts";
import { EventLog } from "./event-log.ts";
import { Subscriber } from "./subscribers.ts";

function logOf(count: number, topics: readonly string[] | null = null): EventLog {
  const log = new EventLog({ maxEntries: 4096, maxBytes: 1e9, maxAgeMs: 1e9 });
  for (let n = 0; n < count; n += 1) {
    log.append({ epoch: 1, sequence: n + 1 }, { topics, except: null, text: `data: ${n}\n\n`, at: 0 });
  }
  return log;
}

function readerAt(cursor: number, topics: readonly string[] = [], pageId?: string): Subscriber {
  const facts = { id: "c", pageId, userId: undefined, address: "", topics, expiresAt: 0 };
  const owner = { onDrain() {}, onClose() {} };
  const connection = {
    listener: idleListener,
    closed: false,
    queuedBytes: 0,
    peer: null,
    write: () => "sent" as const,
    close() {},
    destroy() {},
    response: new Response(),
  };
  const reader = new Subscriber(connection, facts, owner);
  reader.cursor = cursor;
  return reader;
}

describe("LogPieces", () => {
  it("gives readers at different positions the same piece once they are aligned", () => {
    const pieces = new LogPieces(logOf(1000));

    const [a, b] = [pieces.next(readerAt(3), 1000), pieces.next(readerAt(90), 1000)];
    const [c, d] = [pieces.next(readerAt(a.end), 1000), pieces.next(readerAt(b.end), 1000)];

    expect([a.events, b.events, a.end, b.end]).toEqual([253, 166, 256, 256]);
    expect(c.payload).toBe(d.payload);
  });

  it("does not share the newest piece, which is still growing", () => {
    const pieces = new LogPieces(logOf(100));

    const [a, b] = [pieces.next(readerAt(0), 50), pieces.next(readerAt(0), 100)];

    expect([a.end, b.end]).toEqual([50, 100]);
  });

  it("ends at 64 KiB, with the event that reaches it", () => {
    const log = new EventLog({ maxEntries: 4096, maxBytes: 1e9, maxAgeMs: 1e9 });
    const text = (bytes: number) => "x".repeat(bytes - "id: 1-1\n".length);
    for (const bytes of [64 * 1024 - 8, 8, 100]) {
      log.append({ epoch: 1, sequence: 1 }, { topics: null, except: null, text: text(bytes), at: 0 });
    }

    const piece = new LogPieces(log).next(readerAt(0), 3);

    expect([piece.end, piece.events, piece.payload?.bytes]).toEqual([2, 2, 64 * 1024]);
  });

  it("remembers the sixteen shared pieces that were built last", () => {
    const pieces = new LogPieces(logOf(300));
    const payloadAt = (position: number) => pieces.next(readerAt(position), 300).payload;
    const first = payloadAt(0);
    for (let position = 1; position < 16; position += 1) payloadAt(position);
    const sixteenth = payloadAt(15);

    const isKept = payloadAt(0) === first;
    payloadAt(16);

    expect([isKept, payloadAt(0) === first, payloadAt(15) === sixteenth]).toEqual([true, false, true]);
  });

  it("leaves out what the reader has sent itself, by its connection or its page", () => {
    const log = new EventLog({ maxEntries: 4096, maxBytes: 1e9, maxAgeMs: 1e9 });
    for (const except of ["c", "page", "other", null]) {
      log.append({ epoch: 1, sequence: log.head + 1 }, { topics: null, except, text: `data: ${except}\n\n`, at: 0 });
    }

    const piece = new LogPieces(log).next(readerAt(0, [], "page"), 4);

    expect([piece.events, String(piece.payload?.plain)]).toEqual([
      2,
      "id: 1-3\ndata: other\n\nid: 1-4\ndata: null\n\n",
    ]);
  });

  it("marks what is replayed with the time of its broadcast, and shares none of it", () => {
    const pieces = new LogPieces(logOf(300));
    const replaying = () => Object.assign(readerAt(0), { replayEnd: 2 });

    const [one, other] = [pieces.next(replaying(), 300), pieces.next(replaying(), 300)];

    expect(one.payload).not.toBe(other.payload);
    expect(String(one.payload?.plain).split("\n\n").slice(0, 3)).toEqual([
      ": replayed, broadcast at 1970-01-01T00:00:00.000Z\nid: 1-1\ndata: 0",
      ": replayed, broadcast at 1970-01-01T00:00:00.000Z\nid: 1-2\ndata: 1",
      "id: 1-3\ndata: 2",
    ]);
  });

  it("is empty for a reader that none of the entries is for", () => {
    const pieces = new LogPieces(logOf(300, ["room"]));

    const [inside, outside] = [pieces.next(readerAt(0, ["room"]), 300), pieces.next(readerAt(0), 300)];

    expect([inside.events, outside.events, outside.payload]).toEqual([256, 0, null]);
  });
});

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

function readerAt(cursor: number, topics: readonly string[] = []): Subscriber {
  const facts = { id: "c", pageId: undefined, userId: undefined, address: "", topics, expiresAt: 0 };
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

  it("is empty for a reader that none of the entries is for", () => {
    const pieces = new LogPieces(logOf(300, ["room"]));

    const [inside, outside] = [pieces.next(readerAt(0, ["room"]), 300), pieces.next(readerAt(0), 300)];

    expect([inside.events, outside.events, outside.payload]).toEqual([256, 0, null]);
  });
});

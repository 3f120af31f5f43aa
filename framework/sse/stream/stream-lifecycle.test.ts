import { describe, expect, it } from "vitest";
import { createLogger } from "../../base/index.ts";
import { idleListener } from "../connection/connection.ts";
import { Subscriber } from "../delivery/subscribers.ts";
import { endAtOnce, endOneByOne, logBrokenStream } from "./stream-lifecycle.ts";

function levelsOf(error: unknown): unknown[] {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
  logBrokenStream(log, "c1", error);
  return lines.map((line) => {
    const { level, connectionId, err } = JSON.parse(line);
    return [level, connectionId, err.message];
  });
}

describe("logBrokenStream", () => {
  it("warns about a failure, with the connection and the error", () => {
    expect(levelsOf(new Error("write EIO"))).toEqual([[40, "c1", "write EIO"]]);
  });

  it("logs a client that disconnects at debug level only", () => {
    const error = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

    expect(levelsOf(error)).toEqual([[20, "c1", "read ECONNRESET"]]);
  });
});

describe("ending streams", () => {
  const settings = { isAlone: false, retryMs: 1_000, spreadMs: 10_000 };

  /** Streams that note what they are sent last. */
  function createStreams(count: number) {
    const sent: number[] = [];
    const closed: number[] = [];
    const subscribers = Array.from({ length: count }, (_, index) => {
      const connection = {
        ...{ listener: idleListener, closed: false, queuedBytes: 0, peer: null, response: new Response() },
        write: ({ plain }: { readonly plain: Buffer }) => {
          sent.push(Number(/^event: bk:retry\nretry: (\d+)\ndata: \1\n\n$/.exec(String(plain))?.[1]));
          return "sent" as const;
        },
        close: () => void closed.push(index),
        destroy: () => {},
      };
      const facts = { id: String(index), pageId: undefined, userId: undefined, address: "", topics: [], expiresAt: 0 };
      return new Subscriber(connection, facts, { onDrain() {}, onClose() {} });
    });
    return { subscribers, sent, closed };
  }

  it("ends five every 20 ms, so 250 a second, where clients find another node at once", async () => {
    const { subscribers, sent, closed } = createStreams(100);

    const ended = endOneByOne(subscribers, settings);
    const first = closed.length;
    await ended;

    expect(first).toBe(5);
    expect(closed).toEqual(subscribers.map((_, index) => index));
    expect(Math.min(...sent)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...sent)).toBeLessThanOrEqual(250);
  });

  it("takes no longer than the spread, however many there are, and one step for a few", async () => {
    const [many, few] = [createStreams(1_000), createStreams(5)];

    const ended = [
      endOneByOne(many.subscribers, { ...settings, spreadMs: 100 }),
      endOneByOne(few.subscribers, settings),
    ];
    const first = [many.closed.length, few.closed.length];
    await Promise.all(ended);

    expect([first, many.closed.length]).toEqual([[200, 5], 1_000]);
  });

  it("ends those of a single node together, and lets their clients come back one after the other", async () => {
    const { subscribers, sent, closed } = createStreams(500);

    const ended = endOneByOne(subscribers, { ...settings, isAlone: true });
    const count = closed.length;
    await ended;

    expect(count).toBe(500);
    expect(Math.min(...sent)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...sent)).toBeLessThanOrEqual(3_000);
    expect(new Set(sent).size).toBeGreaterThan(100);
  });

  it("spreads those who come back to other nodes when time is up", () => {
    const { subscribers, sent, closed } = createStreams(500);

    endAtOnce(subscribers, settings);

    expect(closed).toHaveLength(500);
    expect(Math.min(...sent)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...sent)).toBeLessThanOrEqual(2_250);
    expect(Math.max(...sent)).toBeGreaterThan(250);
  });
});

describe("logBrokenStream, for a client that goes away", () => {
  it.each(["ECONNRESET", "EPIPE", "SSE_CONNECTION_BROKEN"])("isn't alarmed by %s", (code) => {
    expect(levelsOf(Object.assign(new Error("gone"), { code }))).toEqual([[20, "c1", "gone"]]);
  });
});

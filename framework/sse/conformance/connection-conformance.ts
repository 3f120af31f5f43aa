import { Hono } from "hono";
import { expect } from "vitest";
import {
  type ConformanceCheck,
  type ConformanceRule,
  type ConformanceSubject,
  createChecks,
} from "../../base/index.ts";
import type { TestStream } from "../../test-support/test-stream.ts";
import type { CloseReason, Connection } from "../connection/connection.ts";
import { openConnection } from "../connection/open-connection.ts";
import { textPayload } from "../event/wire-format.ts";

/** A request for `/stream` of an app, over the adapter under test, whose body isn't read yet. */
export interface StreamRequest extends ConformanceSubject {
  readonly head: { readonly status: number; header(name: string): string | null };
  /** Starts reading, from the first byte. */
  read(): TestStream;
  /** Disconnects the client. */
  leave(): Promise<void>;
}

/** Serves the app over the adapter under test and requests `/stream`. */
export type RequestStream = (app: Hono) => Promise<StreamRequest>;

/** What every `Connection` must do, as checks of the one that is opened for a request made by `request`. */
export function connectionChecks(request: RequestStream): readonly ConformanceCheck[] {
  return createChecks(() => openPair(request), rules);
}

/** Both ends of an open connection. */
interface ConnectedPair extends StreamRequest {
  readonly connection: Connection;
  /** The reasons for which it was closed: at most one. */
  readonly closes: readonly CloseReason[];
  readonly closed: Promise<CloseReason>;
}

async function openPair(request: RequestStream): Promise<ConnectedPair> {
  let made: Connection | undefined;
  const app = new Hono().get("/stream", (c) => {
    made = openConnection(c, { headers: { "X-Frame-Options": "DENY" } });
    return made.response;
  });
  const sent = await request(app);
  if (made === undefined) throw new Error("the handler was not called");
  const connection = made;
  const closes: CloseReason[] = [];
  const closed = new Promise<CloseReason>((resolve) => {
    const onClose = (reason: CloseReason) => {
      closes.push(reason);
      resolve(reason);
    };
    connection.listener = { onDrain() {}, onClose };
  });
  return { ...sent, connection, closes, closed };
}

const rules: readonly ConformanceRule<ConnectedPair>[] = [
  {
    name: "sends status and headers before the first event",
    async test(pair) {
      expect(pair.head.status).toBe(200);
      expect(pair.head.header("content-type")).toBe("text/event-stream; charset=utf-8");
      expect(pair.head.header("cache-control")).toContain("no-cache");
      expect(pair.head.header("x-accel-buffering")).toBe("no");
      expect(pair.head.header("x-frame-options")).toBe("DENY");
    },
  },
  {
    name: "delivers all writes in order before it ends",
    async test(pair) {
      for (let n = 0; n < 500; n += 1) pair.connection.write(textPayload(`data: ${n} ✓\n\n`));
      pair.connection.close();
      const stream = pair.read();
      await stream.ended();

      expect(stream.events.map(({ data }) => data)).toEqual(Array.from({ length: 500 }, (_, n) => `${n} ✓`));
    },
  },
  {
    name: "delivers a 10 MB event completely",
    async test(pair) {
      const data = "x€".repeat(2_600_000);

      pair.connection.write(textPayload(`data: ${data}\n\n`));
      const stream = pair.read();
      await stream.until(({ events }) => events.length === 1);

      expect(stream.events[0]?.data === data).toBe(true);
    },
  },
  {
    name: "returns queued while the client does not read, and drains once it does",
    async test(pair) {
      const payload = textPayload(`data: ${"x".repeat(65_536)}\n\n`);
      const drained = new Promise<void>((resolve) => {
        pair.connection.listener.onDrain = resolve;
      });

      let writes = 1;
      while (pair.connection.write(payload) === "sent") writes += 1;
      expect(pair.connection.queuedBytes).toBeGreaterThan(0);
      const stream = pair.read();
      await drained;
      await stream.until(({ events }) => events.length === writes);

      expect(pair.connection.write(textPayload("data: on\n\n"))).toBe("sent");
    },
  },
  {
    name: "reports once that the client disconnected, and accepts nothing more",
    async test(pair) {
      await pair.leave();
      const reason = await pair.closed;
      const status = pair.connection.write(textPayload("data: late\n\n"));
      pair.connection.close();
      pair.connection.destroy();

      expect({ reason, status, closes: pair.closes }).toEqual({
        reason: "client",
        status: "closed",
        closes: ["client"],
      });
    },
  },
  {
    name: "reports once that it was closed by the server",
    async test(pair) {
      pair.connection.close();
      pair.connection.close();
      const stream = pair.read();
      await stream.ended();

      expect(pair.closes).toEqual(["server"]);
      expect(pair.connection.closed).toBe(true);
    },
  },
  {
    name: "cuts off a client that does not read",
    async test(pair) {
      while (pair.connection.write(textPayload(`data: ${"x".repeat(65_536)}\n\n`)) === "sent");

      pair.connection.destroy();

      expect(pair.closes).toEqual(["server"]);
    },
  },
];

import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { TestStream } from "../../test-support/test-stream.ts";
import type { CloseReason, Connection } from "../connection/connection.ts";
import { openConnection } from "../connection/open-connection.ts";
import { textPayload } from "../event/wire-format.ts";

/** Both ends of an open connection. */
export interface ConnectedPair {
  readonly connection: Connection;
  readonly head: { readonly status: number; header(name: string): string | null };
  /** Starts reading, from the first byte. */
  read(): TestStream;
  /** Disconnects the client. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Sets up an adapter: serves the app and requests `/stream` without reading the body. */
export type ConnectPair = (app: Hono) => Promise<Omit<ConnectedPair, "connection">>;

/** The contract of a `Connection`, tested on each adapter. */
export function describeConnection(name: string, connect: ConnectPair): void {
  const open = async (): Promise<ConnectedPair & { closes: CloseReason[]; closed: Promise<CloseReason> }> => {
    let made: Connection | undefined;
    const app = new Hono().get("/stream", (c) => {
      made = openConnection(c, { headers: { "X-Frame-Options": "DENY" } });
      return made.response;
    });
    const pair = await connect(app);
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
    return { ...pair, connection, closes, closed };
  };

  describe(name, () => {
    it("sends status and headers before the first event", async () => {
      const pair = await open();

      expect(pair.head.status).toBe(200);
      expect(pair.head.header("content-type")).toBe("text/event-stream; charset=utf-8");
      expect(pair.head.header("cache-control")).toContain("no-cache");
      expect(pair.head.header("x-accel-buffering")).toBe("no");
      expect(pair.head.header("x-frame-options")).toBe("DENY");
      await pair.close();
    });

    it("delivers all writes in order before it ends", async () => {
      const pair = await open();

      for (let n = 0; n < 500; n += 1) pair.connection.write(textPayload(`data: ${n} ✓\n\n`));
      pair.connection.close();
      const stream = pair.read();
      await stream.ended();

      expect(stream.events.map(({ data }) => data)).toEqual(Array.from({ length: 500 }, (_, n) => `${n} ✓`));
      await pair.close();
    });

    it("delivers a 10 MB event completely", async () => {
      const pair = await open();
      const data = "x€".repeat(2_600_000);

      pair.connection.write(textPayload(`data: ${data}\n\n`));
      const stream = pair.read();
      await stream.until(({ events }) => events.length === 1);

      expect(stream.events[0]?.data === data).toBe(true);
      await pair.close();
    });

    it("returns queued while the client does not read, and drains once it does", async () => {
      const pair = await open();
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
      await pair.close();
    });

    it("reports once that the client disconnected, and accepts nothing more", async () => {
      const pair = await open();

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
      await pair.close();
    });

    it("reports once that it was closed by the server", async () => {
      const pair = await open();

      pair.connection.close();
      pair.connection.close();
      const stream = pair.read();
      await stream.ended();

      expect(pair.closes).toEqual(["server"]);
      expect(pair.connection.closed).toBe(true);
      await pair.close();
    });

    it("cuts off a client that does not read", async () => {
      const pair = await open();
      while (pair.connection.write(textPayload(`data: ${"x".repeat(65_536)}\n\n`)) === "sent");

      pair.connection.destroy();

      expect(pair.closes).toEqual(["server"]);
      await pair.close();
    });
  });
}

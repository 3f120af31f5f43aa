import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import { openSocket, serveForTest } from "../test-support/test-server.ts";
import { openStream, TestStream } from "../test-support/test-stream.ts";
import type { SSEWriter } from "./sse-writer.ts";
import { type StartOptions, startedSSE, startSSE } from "./start-sse.ts";

function appWith(handle: (writer: SSEWriter) => Response, options?: StartOptions): Hono {
  return new Hono().get("/stream", (c) => handle(startSSE(c, options)));
}

async function readAll(response: Response): Promise<TestStream> {
  const stream = new TestStream(response.body ?? new ReadableStream(), () => {});
  await stream.ended();
  return stream;
}

describe("startSSE", () => {
  it("streams what the producer sends, and ends when the producer is done", async () => {
    const app = appWith((writer) =>
      writer.run(async (stream) => {
        stream.sendJson("token", { text: "a" });
        await stream.drained();
        stream.comment("half");
        stream.sendEvent({ event: "done", data: "" });
      }),
    );

    const stream = await readAll(await app.request("/stream"));

    expect(stream.events.map(({ event, data }) => [event, data])).toEqual([
      ["token", '{"text":"a"}'],
      ["done", ""],
    ]);
    expect(stream.comments).toEqual(["half"]);
  });

  it("logs an error of the producer without exposing it to the client", async () => {
    const errors: object[] = [];
    const log = { ...silentLogger, error: (facts: object) => errors.push(facts) };
    const app = appWith(
      (writer) =>
        writer.run((stream) => {
          stream.sendEvent({ data: "before" });
          throw new TypeError("secret detail");
        }),
      { log },
    );

    const stream = await readAll(await app.request("/stream"));

    expect(stream.text).toBe("data: before\n\n");
    expect(errors).toMatchObject([{ err: { message: "secret detail" } }]);
  });

  it("logs nothing when a producer stops because its client has left", async () => {
    const errors: object[] = [];
    const log = { ...silentLogger, error: (facts: object) => errors.push(facts) };
    const ended: Promise<unknown>[] = [];
    const app = appWith(
      (writer) =>
        writer.run(async (stream) => {
          const waiting = pause(60_000, null, { signal: stream.signal });
          ended.push(waiting.catch((error: unknown) => error));
          await waiting;
        }),
      { log },
    );
    const abort = new AbortController();
    await app.request("/stream", { signal: abort.signal });

    abort.abort();

    expect(await ended[0]).toMatchObject({ name: "AbortError" });
    await nextTurn();
    expect(errors).toEqual([]);
  });

  it("throws when called twice for one request", async () => {
    const app = new Hono()
      .get("/stream", (c) => {
        startSSE(c);
        return startSSE(c).response;
      })
      .onError((error, c) => c.json({ code: "code" in error ? error.code : "" }));

    const answer = await app.request("/stream");

    expect(await answer.json()).toEqual({ code: "SSE_STREAM_ALREADY_STARTED" });
  });

  it("throws for an ordinary response afterwards, and ends the stream", async () => {
    let writer: SSEWriter | undefined;
    const app = new Hono()
      .get("/stream", (c) => {
        writer = startSSE(c);
        return c.text("hello");
      })
      .onError((error, c) => c.json({ code: "code" in error ? error.code : "" }));

    const answer = await app.request("/stream");

    expect(await answer.json()).toEqual({ code: "SSE_RESPONSE_AFTER_START" });
    expect(writer?.isActive).toBe(false);
  });

  it("keeps an ordinary response out of a stream on a socket", async () => {
    const app = new Hono()
      .get("/stream", (c) => {
        startSSE(c).sendEvent({ data: "first" });
        return c.text("hello");
      })
      .onError((_error, c) => c.text("failed", 500));
    const server = await serveForTest(app);

    const socket = await openSocket(server.port, "/stream");
    const answer = Buffer.concat(await socket.toArray()).toString();

    expect(answer).toMatch(/data: first/);
    expect(answer).not.toMatch(/hello|failed|500/);
    await server.stop();
  });

  it("tells middleware that a stream has started", async () => {
    let seen: SSEWriter | undefined;
    const app = new Hono();
    app.use(async (c, next) => {
      await next();
      seen = startedSSE(c);
    });
    app.get("/stream", (c) => startSSE(c).run(() => {}));

    await app.request("/stream");

    expect(seen?.signal).toBeInstanceOf(AbortSignal);
  });

  it("fires its signal once when the client leaves, and the request's own signal too", async () => {
    const fired: string[] = [];
    let gone: Promise<void> | undefined;
    const app = new Hono().get("/stream", (c) => {
      const writer = startSSE(c);
      writer.sendEvent({ event: "hello", data: "" });
      writer.signal.addEventListener("abort", () => fired.push("writer"));
      gone = new Promise((resolve) => {
        c.req.raw.signal.addEventListener("abort", () => {
          fired.push("request");
          resolve();
        });
      });
      return writer.response;
    });
    const server = await serveForTest(app);
    const stream = await openStream(`${server.url}/stream`);
    await stream.event("hello");

    await stream.leave();
    await gone;

    expect(fired.sort()).toEqual(["request", "writer"]);
    await server.stop();
  });

  it("reads a posted body before it streams the response", async () => {
    const app = new Hono().post("/stream", async (c) => {
      const { name } = await c.req.json<{ name: string }>();
      return startSSE(c).run((writer) => void writer.sendEvent({ data: `hello ${name}` }));
    });
    const server = await serveForTest(app);

    const answer = await fetch(`${server.url}/stream`, { method: "POST", body: '{"name":"Ada"}' });

    expect(await answer.text()).toBe("data: hello Ada\n\n");
    await server.stop();
  });
});

describe("SSEWriter", () => {
  it("returns full instead of exceeding its limit, accepts events again once drained, and loses none it accepted", async () => {
    const taken: number[] = [];
    const app = appWith(
      (writer) =>
        writer.run(async (stream) => {
          for (let n = 0; n < 400; n += 1) {
            const data = `${n}:${"x".repeat(5000)}`;
            while (stream.sendEvent({ data }) === "full") await stream.drained();
            taken.push(n);
          }
        }),
      { maxQueuedBytes: 64 * 1024 },
    );
    let most = 0;
    const response = await app.request("/stream");

    const seen: number[] = [];
    const parser = createParser({ onEvent: ({ data }) => seen.push(Number(data.split(":")[0])) });
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      most = Math.max(most, taken.length - seen.length);
      parser.feed(decoder.decode(bytes, { stream: true }));
    }

    expect(seen).toEqual(Array.from({ length: 400 }, (_, n) => n));
    expect(most).toBeLessThan(40);
  });

  it("returns a status after its end, and counts only events", async () => {
    const statuses: unknown[] = [];
    const app = appWith((writer) => {
      statuses.push(writer.sendEvent({ data: "x" }), writer.sendKeepAlive());
      writer.close();
      writer.close();
      statuses.push(writer.sendEvent({ data: "late" }), writer.comment("late"), writer.isActive, writer.eventCount);
      return writer.response;
    });

    await app.request("/stream");

    expect(statuses).toEqual(["sent", "sent", "closed", "closed", false, 1]);
  });

  it("returns lost, and resolves drained, once the client has left", async () => {
    let writer: SSEWriter | undefined;
    const app = appWith((made) => {
      writer = made;
      return made.response;
    });
    const response = await app.request("/stream");
    while (writer?.sendEvent({ data: "x".repeat(10_000) }) !== "full");

    const drained = writer?.drained();
    await response.body?.cancel();
    await drained;

    expect(writer?.sendEvent({ data: "late" })).toBe("lost");
    expect(writer?.signal.aborted).toBe(true);
  });
});

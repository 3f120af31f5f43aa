import type { Context } from "hono";
import { type Logger, silentLogger } from "../base/index.ts";
import type { Connection } from "./connection/connection.ts";
import { openConnection } from "./connection/open-connection.ts";
import type { HeaderRecord } from "./connection/stream-headers.ts";
import { responseAfterStart, streamAlreadyStarted } from "./errors.ts";
import { SSEWriter } from "./sse-writer.ts";
import type { OwnStream, OwnStreamPlace, OwnStreams } from "./stream/own-streams.ts";

export interface StartOptions {
  /** Logs the errors of producers. Default: the log of the app, if `wire` built it; otherwise no logging. */
  readonly log?: Logger;
  /** More response headers, mostly security headers: middleware cannot add any once the stream has started. */
  readonly headers?: HeaderRecord;
  /** See `WriterOptions`. Default: 64 KiB. */
  readonly maxQueuedBytes?: number;
  /** See `WriterOptions`; 0 for never. Default: 25,000. */
  readonly keepAliveMs?: number;
  /**
   * Ends the stream when the handler sends no event for this long; 0 for never. Only in apps that `wire` built. Default: 10 minutes,
   * after which the client reconnects.
   */
  readonly maxIdleMs?: number;
  /** Compress if the client accepts gzip. Default: false. */
  readonly gzip?: boolean;
}

declare module "hono" {
  interface ContextVariableMap {
    /** The stream that this request's handler has started, for middleware. */
    sseWriter?: SSEWriter;
    /** The streams of the app, which limit new ones and end with the process. */
    ownStreams?: OwnStreams;
    /** Lets the error handler respond after a stream was misused, although nobody receives that response. */
    sseAllowResponses?: () => void;
  }
}

const responseMethods = ["body", "html", "json", "newResponse", "notFound", "redirect", "render", "text"];

/**
 * Starts an event stream; status and headers are sent at once. Return `writer.response` or `writer.run(…)` from the handler.
 * Starting a second one throws SSE_STREAM_ALREADY_STARTED; an ordinary response afterwards throws SSE_RESPONSE_AFTER_START.
 * In apps that `wire` built it throws SSE_TOO_MANY_STREAMS beyond the limits of `sse.limits`, and the stream ends when its session or the
 * process does.
 */
export function startSSE(c: Context, options: StartOptions = {}): SSEWriter {
  const { path } = c.req;
  const started = c.get("sseWriter");
  if (started !== undefined) {
    started.close();
    c.get("sseAllowResponses")?.();
    throw streamAlreadyStarted({ path });
  }
  const ownStreams = c.get("ownStreams");
  const place = ownStreams?.admit(c);
  const connection = openConnection(c, { headers: options.headers, gzip: options.gzip, keepsRequest: true });
  const writer = new SSEWriter(connection, {
    log: options.log ?? ownStreams?.log ?? silentLogger,
    maxQueuedBytes: options.maxQueuedBytes ?? 64 * 1024,
    keepAliveMs: options.keepAliveMs ?? 25_000,
  });
  if (ownStreams && place) watch(ownStreams, place, { connection, writer, maxIdleMs: options.maxIdleMs });
  c.set("sseWriter", writer);
  refuseResponses(c, writer);
  return writer;
}

interface Watched {
  readonly connection: Connection;
  readonly writer: SSEWriter;
  readonly maxIdleMs: number | undefined;
}

const standardIdleMs = 10 * 60_000;

function watch(
  streams: OwnStreams,
  place: OwnStreamPlace,
  { connection, writer, maxIdleMs = standardIdleMs }: Watched,
) {
  const stream: OwnStream = {
    connection,
    maxIdleMs,
    get eventCount() {
      return writer.eventCount;
    },
  };
  const forget = streams.add(stream, place);
  if (writer.signal.aborted) forget();
  else writer.signal.addEventListener("abort", forget);
}

/** The stream started for this request, if any. */
export function startedSSE(c: Context): SSEWriter | undefined {
  return c.get("sseWriter");
}

function refuseResponses(c: Context, writer: SSEWriter): void {
  const { path } = c.req;
  const own = responseMethods.map((name) => [name, Object.getOwnPropertyDescriptor(c, name)] as const);
  const allow = () => {
    for (const [name, descriptor] of own) {
      if (descriptor) Object.defineProperty(c, name, descriptor);
      else Reflect.deleteProperty(c, name);
    }
  };
  const refuse = () => {
    writer.close();
    allow();
    throw responseAfterStart({ path });
  };
  c.set("sseAllowResponses", allow);
  for (const name of responseMethods) Object.defineProperty(c, name, { value: refuse, configurable: true });
}

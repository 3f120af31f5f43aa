import type { Context } from "hono";
import { type Logger, silentLogger } from "../base/index.ts";
import { openConnection } from "./connection/open-connection.ts";
import type { HeaderRecord } from "./connection/stream-headers.ts";
import { responseAfterStart, streamAlreadyStarted } from "./errors.ts";
import { SSEWriter } from "./sse-writer.ts";

export interface StartOptions {
  /** Where the failure of a producer is written; nowhere unless given. */
  readonly log?: Logger;
  /** Further response headers, above all the security headers: middleware cannot add any once the stream has begun. */
  readonly headers?: HeaderRecord;
  /** 64 KiB unless given; see `WriterOptions`. */
  readonly maxQueuedBytes?: number;
  /** 25 s unless given; 0 for never. */
  readonly keepAliveMs?: number;
  /** Compress when the client accepts gzip; off unless given. */
  readonly gzip?: boolean;
}

declare module "hono" {
  interface ContextVariableMap {
    /** The stream that this request's handler has started, for middleware that wants to know. */
    sseWriter?: SSEWriter;
    /** Lets the error handler answer after a stream was misused, even though that answer reaches nobody. */
    sseAllowAnswers?: () => void;
  }
}

const answers = ["body", "html", "json", "newResponse", "notFound", "redirect", "render", "text"];

/**
 * Starts an event stream: status and headers leave at once. Return `writer.response` or `writer.run(…)` from the handler.
 * A second start throws SSE_STREAM_ALREADY_STARTED, an ordinary answer afterwards SSE_RESPONSE_AFTER_START.
 */
export function startSSE(c: Context, options: StartOptions = {}): SSEWriter {
  const { path } = c.req;
  const started = c.get("sseWriter");
  if (started !== undefined) {
    started.close();
    c.get("sseAllowAnswers")?.();
    throw streamAlreadyStarted({ path });
  }
  const connection = openConnection(c, { headers: options.headers, gzip: options.gzip, keepsRequest: true });
  const writer = new SSEWriter(connection, {
    log: options.log ?? silentLogger,
    maxQueuedBytes: options.maxQueuedBytes ?? 64 * 1024,
    keepAliveMs: options.keepAliveMs ?? 25_000,
  });
  c.set("sseWriter", writer);
  refuseAnswers(c, writer);
  return writer;
}

/** The stream that was started for this request, if any. */
export function startedSSE(c: Context): SSEWriter | undefined {
  return c.get("sseWriter");
}

function refuseAnswers(c: Context, writer: SSEWriter): void {
  const { path } = c.req;
  const own = answers.map((name) => [name, Object.getOwnPropertyDescriptor(c, name)] as const);
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
  c.set("sseAllowAnswers", allow);
  for (const name of answers) Object.defineProperty(c, name, { value: refuse, configurable: true });
}

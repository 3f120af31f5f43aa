import { ServerResponse } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { isRecord, type Logger, limitedWarning, silentLogger } from "../../base/index.ts";
import { countedAddress } from "./client-address.ts";
import { UnreadResponses } from "./unread-responses.ts";

export interface UnreadResponseOptions {
  /** How much may wait for the clients of one address. Default: 64 MiB. */
  readonly maxBytesPerAddress?: number;
  /** How long a client may read nothing while something waits for it. Default: 30,000. */
  readonly timeoutMs?: number;
  /** Default: 2,000. */
  readonly checkMs?: number;
  /** Default: no log. */
  readonly log?: Logger;
}

/**
 * Closes connections whose clients don't read their responses, which would otherwise stay in memory. Event streams have limits of their
 * own. Does nothing outside of Node's HTTP/1.1 server.
 */
export function limitUnreadResponses(options: UnreadResponseOptions = {}): MiddlewareHandler {
  const { maxBytesPerAddress = 64 * 1024 * 1024, timeoutMs = 30_000, checkMs = 2_000 } = options;
  const warn = limitedWarning({ log: options.log ?? silentLogger });
  const onClose = (reason: string, facts: object) =>
    warn(reason, { reason, ...facts }, "a connection was closed, because its client doesn't read its responses");
  const unread = new UnreadResponses({ maxBytesPerAddress, timeoutMs, now: () => performance.now(), onClose });
  let timer: NodeJS.Timeout | undefined;

  function watch(response: ServerResponse, address: string | undefined): void {
    unread.watch(response, address);
    timer ??= setInterval(() => unread.closeStalled(), checkMs).unref();
    response.once("prefinish", () => unread.closeExcess(address));
    response.once("close", () => {
      unread.forget(response);
      if (unread.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
  }

  return async function limitUnreadResponses(c, next) {
    await next();
    const response = responseOf(c);
    if (response && !isStream(c.res)) watch(response, countedAddress(c));
  };
}

function responseOf({ env }: Context): ServerResponse | undefined {
  const outgoing: unknown = isRecord(env) ? env.outgoing : undefined;
  return outgoing instanceof ServerResponse ? outgoing : undefined;
}

/** A stream may have written its response itself. */
function isStream({ headers }: Response): boolean {
  return headers.has("x-hono-already-sent") || headers.get("Content-Type")?.startsWith("text/event-stream") === true;
}

import { codeOf, type Logger } from "../../base/index.ts";
import type { BrokerSettings } from "../broker-options.ts";
import type { CatchUp } from "../delivery/catch-up.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { EventLog } from "../delivery/event-log.ts";
import type { Subscriber } from "../delivery/subscribers.ts";
import { formatHello, formatRetry } from "../event/protocol-events.ts";
import { type EventId, formatEventId, textPayload } from "../event/wire-format.ts";

/** A client's cursor: `unknown` if this log never assigned it, null if the client has none. */
export type ClientCursor = EventId | "unknown" | null;

export interface StartParts {
  readonly events: EventLog;
  readonly delivery: Delivery;
  readonly catchUp: CatchUp;
  readonly settings: Pick<BrokerSettings, "retryMs" | "heartbeatMs">;
}

/**
 * Sends the first events of a stream: `bk:hello`, then what the client missed, or `bk:resync` if that is no longer known. Everything
 * in the log must be flushed before.
 */
export function startStream(subscriber: Subscriber, since: ClientCursor, parts: StartParts): void {
  const { events, delivery, catchUp, settings } = parts;
  const id = since === "unknown" ? null : since;
  const position = id === null ? null : events.find(id);
  const cursor = id === null || position === null ? delivery.cursor : formatEventId(id);
  const { retryMs, heartbeatMs } = settings;
  const hello = formatHello({ connectionId: subscriber.facts.id, cursor, heartbeatMs, retryMs });
  delivery.write(subscriber, textPayload(hello));
  if (since === null) return;
  if (position === null) catchUp.resync(subscriber);
  else catchUp.replay(subscriber, position);
}

/** Ends a stream after a last event. */
export function endStream(subscriber: Subscriber, lastEvent: string): void {
  subscriber.connection.write(textPayload(lastEvent));
  subscriber.connection.close();
}

/** Ends a stream whose client should reconnect after about the given time. */
export function endStreamUntil(subscriber: Subscriber, retryMs: number): void {
  endStream(subscriber, formatRetry(retryMs));
}

/** What happens when a client simply goes away; not an error. */
const disconnectCodes: readonly string[] = ["ECONNRESET", "EPIPE", "SSE_CONNECTION_BROKEN"];

/** Logs that a stream broke on its way to the client. */
export function logBrokenStream(log: Logger, connectionId: string, error: unknown): void {
  const facts = { err: error, connectionId };
  const isDisconnect = disconnectCodes.includes(codeOf(error));
  if (isDisconnect) log.debug(facts, "a client disconnected");
  else log.warn(facts, "a stream failed and was ended; other streams are not affected");
}

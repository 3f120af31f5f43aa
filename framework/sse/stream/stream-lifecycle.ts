import { setTimeout as pause } from "node:timers/promises";
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

type EndSettings = Pick<BrokerSettings, "isAlone" | "retryMs" | "spreadMs">;

/** How many clients may reconnect in a second; their sessions and topics are checked each time. */
const reconnectsPerSecond = 250;
const stepMs = 20;

/** Over how long this many streams are ended, or their clients come back. */
function windowOf(streams: number, { spreadMs }: EndSettings): number {
  return Math.min(spreadMs, (streams * 1000) / reconnectsPerSecond);
}

/** Ends streams one after the other, so that each client is away for a moment only. A single node has to end them together. */
export async function endOneByOne(subscribers: readonly Subscriber[], settings: EndSettings): Promise<void> {
  if (settings.isAlone) return endAtOnce(subscribers, settings);
  const windowMs = windowOf(subscribers.length, settings);
  const perStep = Math.ceil((subscribers.length * stepMs) / Math.max(stepMs, windowMs));
  for (let from = 0; from < subscribers.length; from += perStep) {
    for (const subscriber of subscribers.slice(from, from + perStep)) endStream(subscriber, formatRetry(soon()));
    await pause(stepMs);
  }
}

/** Ends streams together; their clients come back one after the other, once this process may have a successor. */
export function endAtOnce(subscribers: readonly Subscriber[], settings: EndSettings): void {
  const windowMs = windowOf(subscribers.length, settings);
  for (const subscriber of subscribers) {
    const delayMs = settings.isAlone ? settings.retryMs + Math.random() * windowMs : Math.random() * windowMs + soon();
    endStream(subscriber, formatRetry(delayMs));
  }
}

/** In how many milliseconds a client should reconnect to another node; different for each. */
export function soon(): number {
  return 50 + Math.random() * 200;
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

import { codeOf, type Logger } from "../../base/index.ts";
import type { StreamSelector } from "../backplane/backplane.ts";
import type { BrokerOptions } from "../broker-options.ts";
import type { Subscriber } from "../delivery/subscriber.ts";
import type { SubscriberRegistry } from "../delivery/subscriber-registry.ts";
import { serialiseEvent } from "../event/event.ts";
import { textPayload } from "../event/payload.ts";

/** The streams that an order means, as a list that stays as it is while they end. */
export function selectStreams(registry: SubscriberRegistry, selector: StreamSelector): Subscriber[] {
  return [...registry.listeners(topicOf(selector))];
}

/**
 * The event after which a client stops for good. Its data, as JSON, tells the page why, and where it goes from there: to the
 * login, unless it is only this stream that it may not hear.
 */
export function formatClose(reason: string, options: BrokerOptions): string {
  const path = reason === "forbidden" ? undefined : (options.loginPath ?? "/login");
  return serialiseEvent({ event: "bk:close", data: JSON.stringify({ reason, path }) });
}

/** Tells the client to stop for good, and ends its stream. */
export function dismiss(subscriber: Subscriber, farewell: string): void {
  subscriber.connection.write(textPayload(farewell));
  subscriber.connection.close();
}

/** Ends a stream whose client comes back after about this time; `retry` counts for htmx only beside an event. */
export function sendAway(subscriber: Subscriber, retryMs: number): void {
  const retry = Math.round(retryMs);
  subscriber.connection.write(textPayload(serialiseEvent({ event: "bk:retry", retry, data: String(retry) })));
  subscriber.connection.close();
}

/** What a client does that goes away in the middle; no fault of anybody's. */
const departures: readonly string[] = ["ECONNRESET", "EPIPE", "SSE_CONNECTION_BROKEN"];

/** Says in the log that a stream broke on its way to the client. */
export function logBrokenStream(log: Logger, connectionId: string, error: unknown): void {
  const facts = { err: error, connectionId };
  const isDeparture = departures.includes(codeOf(error));
  if (isDeparture) log.debug(facts, "a client went away");
  else log.warn(facts, "a stream failed and was ended; the others go on");
}

function topicOf(selector: StreamSelector): string {
  if ("user" in selector) return `user:${selector.user}`;
  if ("session" in selector) return `session:${selector.session}`;
  return "connection" in selector ? `connection:${selector.connection}` : selector.topic;
}

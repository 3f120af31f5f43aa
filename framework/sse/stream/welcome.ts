import type { BrokerOptions } from "../broker-options.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { EventLog } from "../delivery/event-log.ts";
import { standardHeartbeatMs } from "../delivery/heartbeat.ts";
import type { Subscriber } from "../delivery/subscriber.ts";
import { serialiseEvent } from "../event/event.ts";
import { type EventId, formatEventId } from "../event/event-id.ts";
import { textPayload } from "../event/payload.ts";

export interface WelcomeFacts {
  readonly log: EventLog;
  readonly delivery: Delivery;
  /** The client's cursor; `unknown` for one that this log never gave out, null for none. */
  readonly since: EventId | "unknown" | null;
  readonly options: BrokerOptions;
}

/**
 * The first events of a stream: `bk:hello` with the id of the connection, a cursor and how often it will hear something; then what
 * the client missed, or `bk:resync` when that is not known any more. All that is in the log has been flushed before.
 */
export function welcome(subscriber: Subscriber, { log, delivery, since, options }: WelcomeFacts): void {
  const position = since === null || since === "unknown" ? null : log.find(since);
  const cursor = position === null || since === null || since === "unknown" ? delivery.cursor : formatEventId(since);
  const { retryMs: retry = 1000, heartbeatMs = standardHeartbeatMs } = options;
  const data = JSON.stringify({ connectionId: subscriber.facts.id, cursor, heartbeatMs });
  delivery.writeNow(subscriber, textPayload(serialiseEvent({ id: cursor, event: "bk:hello", retry, data })));
  if (since === null) return;
  if (position === null) delivery.resync(subscriber);
  else delivery.replay(subscriber, position);
}

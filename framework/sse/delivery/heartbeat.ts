import type { Clock, Logger } from "../../base/index.ts";
import { formatPing } from "../event/protocol-events.ts";
import { textPayload } from "../event/wire-format.ts";
import type { Delivery } from "./delivery.ts";
import type { EventLog } from "./event-log.ts";
import { SlowReaders } from "./slow-readers.ts";
import type { BrokerCounters } from "./stats.ts";
import { live, type Subscriber, type SubscriberRegistry } from "./subscribers.ts";

export interface HeartbeatParts {
  readonly events: EventLog;
  readonly registry: SubscriberRegistry;
  readonly counters: BrokerCounters;
  readonly clock: Clock;
  readonly delivery: Delivery;
  /** Sends what is pending. */
  flush(): void;
  /** The peers that have stopped acknowledging what they are sent. */
  readonly silentPeers: () => Promise<ReadonlySet<string>>;
  readonly log: Logger;
  /** How often each stream gets a ping. */
  readonly heartbeatMs: number;
  /** When a client that reads nothing is cut off. */
  readonly stallMs: number;
  /** How many bytes may wait for slow clients. */
  readonly waitingBytes: number;
}

/** How often streams are ended that have reached the end of their life or session. */
const endEveryMs = 500;

/**
 * Two timers for all streams. Each tick of the slower one visits one slot of the registry and sends pings (they carry the cursor, so clients
 * of quiet topics keep a fresh one). It also checks on slow readers, and twice per round, clients that have silently vanished are cut off.
 * The other one ends streams on time.
 */
export class Heartbeat {
  readonly #parts: HeartbeatParts;
  readonly #slow: SlowReaders;
  #timer: NodeJS.Timeout | undefined;
  #endTimer: NodeJS.Timeout | undefined;
  #nextSlot = 0;
  #isLooking = false;

  constructor(parts: HeartbeatParts) {
    this.#parts = parts;
    const { delivery, log, stallMs, waitingBytes } = parts;
    this.#slow = new SlowReaders({
      ...{ delivery, log, stallMs, waitingBytes },
      cutOff: (subscriber) => this.#cutOff(subscriber),
    });
  }

  /** Runs until stopped; does not keep the process alive. */
  start(): void {
    const tickMs = Math.max(1, Math.floor(this.#parts.heartbeatMs / this.#parts.registry.slots.length));
    this.#timer ??= setInterval(() => this.tick(), tickMs).unref();
    this.#endTimer ??= setInterval(() => this.endExpired(), endEveryMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    clearInterval(this.#endTimer);
    this.#endTimer = undefined;
  }

  tick(): void {
    const { events, registry, clock, delivery } = this.#parts;
    const now = clock.now();
    events.expire(now);
    this.#slow.check(now);
    const { slots } = registry;
    if (this.#nextSlot % (slots.length / 2) === 0) void this.cutOffSilent();
    const slot = slots[this.#nextSlot] ?? [];
    this.#nextSlot = (this.#nextSlot + 1) % slots.length;
    if (slot.length === 0) return;
    if (delivery.pending > 0) this.#parts.flush();
    this.#visit([...slot]);
  }

  /** Ends the streams whose life or session is over. */
  endExpired(): void {
    const { registry, clock } = this.#parts;
    for (const subscriber of registry.deadlines.due(clock.now())) subscriber.connection.close();
  }

  /** Frees the streams of clients that vanished, whose sockets would accept pings for another quarter of an hour. */
  async cutOffSilent(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const silent = await this.#parts.silentPeers();
    this.#isLooking = false;
    for (const subscriber of this.#parts.registry.everybody()) {
      const { peer } = subscriber.connection;
      if (peer !== null && silent.has(peer)) this.#cutOff(subscriber);
    }
  }

  #visit(subscribers: readonly Subscriber[]): void {
    const { delivery } = this.#parts;
    const ping = textPayload(formatPing(delivery.cursor));
    for (const subscriber of subscribers) if (subscriber.cursor === live) delivery.write(subscriber, ping);
  }

  #cutOff(subscriber: Subscriber): void {
    this.#parts.counters.stalled += 1;
    subscriber.connection.destroy();
  }
}

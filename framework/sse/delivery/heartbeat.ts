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

/**
 * One timer for all streams. Each tick visits one slot of the registry: it sends pings (they carry the cursor, so clients of quiet
 * topics keep a fresh one) and ends streams that have reached the end of their life. Each tick also checks on slow readers, and
 * twice per round, clients that have silently vanished are cut off.
 */
export class Heartbeat {
  readonly #parts: HeartbeatParts;
  readonly #slow: SlowReaders;
  #timer: NodeJS.Timeout | undefined;
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
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
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
    this.#visit([...slot], now);
  }

  /** Frees the streams of clients that vanished, whose sockets would accept pings for another quarter of an hour. */
  async cutOffSilent(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const silent = await this.#parts.silentPeers();
    this.#isLooking = false;
    if (silent.size === 0) return;
    for (const subscriber of this.#parts.registry.everybody()) {
      const { peer } = subscriber.connection;
      if (peer !== null && silent.has(peer)) this.#cutOff(subscriber);
    }
  }

  #visit(subscribers: readonly Subscriber[], now: number): void {
    const { delivery, heartbeatMs } = this.#parts;
    const ping = textPayload(formatPing(delivery.cursor));
    for (const subscriber of subscribers) {
      // The next visit would be too late.
      if (subscriber.facts.expiresAt <= now + heartbeatMs) subscriber.connection.close();
      else if (subscriber.cursor === live) delivery.write(subscriber, ping);
    }
  }

  #cutOff(subscriber: Subscriber): void {
    this.#parts.counters.stalled += 1;
    subscriber.connection.destroy();
  }
}

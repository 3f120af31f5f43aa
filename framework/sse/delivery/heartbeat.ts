import type { Clock, Logger } from "../../base/index.ts";
import type { BrokerOptions } from "../broker-options.ts";
import { readSilentPeers } from "../connection/node/silent-peers.ts";
import { serialiseEvent } from "../event/event.ts";
import { textPayload } from "../event/payload.ts";
import type { BrokerCounters } from "./counters.ts";
import type { Delivery } from "./delivery.ts";
import type { EventLog } from "./event-log.ts";
import { SlowReaders } from "./slow-readers.ts";
import { live, type Subscriber } from "./subscriber.ts";
import type { SubscriberRegistry } from "./subscriber-registry.ts";

export const standardHeartbeatMs = 25_000;

export interface HeartbeatParts {
  readonly log: EventLog;
  readonly registry: SubscriberRegistry;
  readonly counters: BrokerCounters;
  readonly clock: Clock;
  readonly delivery: Delivery;
  /** Sends what waits. */
  flush(): void;
  /** How many bytes may wait for slow clients. */
  readonly waitingBytes: number;
  /** Where it is said that clients read slowly; nowhere unless given. */
  readonly logger?: Logger;
  /** Whose acknowledgements stay away; as the system knows it unless given. */
  readonly silentPeers?: () => Promise<ReadonlySet<string>>;
}

/**
 * One timer for all streams. Each tick visits one slot of the registry: pings go out (they carry the cursor, so that clients of
 * quiet topics keep a fresh one), streams at the end of their life end. Each tick also looks after those who read slowly, and twice
 * a round those are cut off who have fallen silent without a word.
 */
export class Heartbeat {
  readonly #parts: HeartbeatParts;
  readonly #intervalMs: number;
  readonly #slow: SlowReaders;
  #timer: NodeJS.Timeout | undefined;
  #nextSlot = 0;
  #isLooking = false;

  constructor(parts: HeartbeatParts, options: BrokerOptions) {
    this.#parts = parts;
    this.#intervalMs = options.heartbeatMs ?? standardHeartbeatMs;
    this.#slow = new SlowReaders({
      delivery: parts.delivery,
      logger: parts.logger,
      stallMs: options.stallMs ?? 10_000,
      waitingBytes: parts.waitingBytes,
      cutOff: (subscriber) => this.#cutOff(subscriber),
    });
  }

  /** Runs until stopped; does not keep the process alive. */
  start(): void {
    const tickMs = Math.max(1, Math.floor(this.#intervalMs / this.#parts.registry.slots.length));
    this.#timer ??= setInterval(() => this.tick(), tickMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One step of the wheel. */
  tick(): void {
    const { log, registry, clock, delivery } = this.#parts;
    const now = clock.now();
    log.expire(now);
    this.#slow.check(now);
    const { slots } = registry;
    if (this.#nextSlot % (slots.length / 2) === 0) void this.cutOffSilent();
    const slot = slots[this.#nextSlot] ?? [];
    this.#nextSlot = (this.#nextSlot + 1) % slots.length;
    if (slot.length === 0) return;
    if (delivery.pending > 0) this.#parts.flush();
    this.#visit([...slot], now);
  }

  /** Frees the streams of those who vanished: their sockets would take pings for a quarter of an hour. */
  async cutOffSilent(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const silent = await (this.#parts.silentPeers ?? readSilentPeers)();
    this.#isLooking = false;
    if (silent.size === 0) return;
    for (const subscriber of this.#parts.registry.everybody()) {
      const { peer } = subscriber.connection;
      if (peer !== null && silent.has(peer)) this.#cutOff(subscriber);
    }
  }

  #visit(subscribers: readonly Subscriber[], now: number): void {
    const { delivery } = this.#parts;
    const ping = textPayload(serialiseEvent({ id: delivery.cursor, event: "bk:ping", data: "" }));
    for (const subscriber of subscribers) {
      // The next visit would come too late.
      if (subscriber.facts.expiresAt <= now + this.#intervalMs) subscriber.connection.close();
      else if (subscriber.cursor === live) delivery.writeNow(subscriber, ping);
    }
  }

  #cutOff(subscriber: Subscriber): void {
    this.#parts.counters.stalled += 1;
    subscriber.connection.destroy();
  }
}

import { brokerClosed } from "../errors.ts";
import { compareEventIds, type EventId, formatEventId } from "../event/wire-format.ts";
import type { Backplane, BackplaneMessage, BackplaneReceiver } from "./backplane.ts";

/** The bus that several nodes in one process share. */
export interface MemoryBus {
  readonly receivers: Set<BackplaneReceiver>;
  readonly epoch: number;
  sequence: number;
}

/**
 * A bus within this process. Its epoch is new on each start, so a cursor from before a restart is recognized: the time in
 * microseconds, with random last three digits.
 */
export function createMemoryBus(now: number = Date.now()): MemoryBus {
  return { receivers: new Set(), epoch: now * 1000 + Math.floor(Math.random() * 1000), sequence: 0 };
}

/** The backplane of a single node, or of several nodes in one process that are given the same bus. */
export class MemoryBackplane implements Backplane {
  readonly state: "up" | "away" = "up";
  readonly #bus: MemoryBus;
  #receiver: BackplaneReceiver | undefined;

  constructor(bus: MemoryBus = createMemoryBus()) {
    this.#bus = bus;
  }

  start(receiver: BackplaneReceiver): Promise<void> {
    this.#receiver = receiver;
    this.#bus.receivers.add(receiver);
    receiver.onReset({ epoch: this.#bus.epoch, sequence: this.#bus.sequence });
    return Promise.resolve();
  }

  publish(message: BackplaneMessage): Promise<string> {
    if (this.#receiver === undefined) return Promise.reject(brokerClosed());
    this.#bus.sequence += 1;
    const id = { epoch: this.#bus.epoch, sequence: this.#bus.sequence };
    for (const receiver of this.#bus.receivers) receiver.onMessage(id, message);
    return Promise.resolve(formatEventId(id));
  }

  reach(id: EventId): Promise<boolean> {
    return Promise.resolve(compareEventIds(id, this.#bus) <= 0);
  }

  /** Processes that started later, and are alive like this one, number their messages from a later epoch on. */
  isForeign({ epoch }: EventId): boolean {
    return epoch > this.#bus.epoch && epoch <= Date.now() * 1000;
  }

  close(): Promise<void> {
    if (this.#receiver) this.#bus.receivers.delete(this.#receiver);
    this.#receiver = undefined;
    return Promise.resolve();
  }
}

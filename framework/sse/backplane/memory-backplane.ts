import { brokerClosed } from "../errors.ts";
import { compareEventIds, type EventId, formatEventId } from "../event/event-id.ts";
import type { Backplane, BackplaneMessage, BackplaneReceiver } from "./backplane.ts";

/** The order that the nodes of one process share. */
export interface MemoryOrder {
  readonly receivers: Set<BackplaneReceiver>;
  readonly epoch: number;
  sequence: number;
}

/**
 * An order in this process. Its epoch is new with each start, so that a cursor from before a restart is recognised: the time in
 * microseconds, of which the last three digits are chance.
 */
export function createMemoryOrder(now: number = Date.now()): MemoryOrder {
  return { receivers: new Set(), epoch: now * 1000 + Math.floor(Math.random() * 1000), sequence: 0 };
}

/** The backplane of a single node; several in one process when they are given the same order. */
export class MemoryBackplane implements Backplane {
  readonly state = "up";
  readonly #order: MemoryOrder;
  #receiver: BackplaneReceiver | undefined;

  constructor(order: MemoryOrder = createMemoryOrder()) {
    this.#order = order;
  }

  start(receiver: BackplaneReceiver): Promise<void> {
    this.#receiver = receiver;
    this.#order.receivers.add(receiver);
    receiver.onReset({ epoch: this.#order.epoch, sequence: this.#order.sequence });
    return Promise.resolve();
  }

  publish(message: BackplaneMessage): Promise<string> {
    if (this.#receiver === undefined) return Promise.reject(brokerClosed());
    this.#order.sequence += 1;
    const id = { epoch: this.#order.epoch, sequence: this.#order.sequence };
    for (const receiver of this.#order.receivers) receiver.onMessage(id, message);
    return Promise.resolve(formatEventId(id));
  }

  reach(id: EventId): Promise<boolean> {
    return Promise.resolve(compareEventIds(id, this.#order) <= 0);
  }

  close(): Promise<void> {
    if (this.#receiver) this.#order.receivers.delete(this.#receiver);
    this.#receiver = undefined;
    return Promise.resolve();
  }
}

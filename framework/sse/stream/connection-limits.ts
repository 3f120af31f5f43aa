import { addressKey } from "../../secure/index.ts";
import type { BrokerLimits } from "../broker-options.ts";
import type { SubscriberFacts } from "../delivery/subscribers.ts";

/** The limit that a new stream would exceed. */
export type ExceededLimit = "connections" | "connectionsPerUser" | "connectionsPerAddress";

/** What streams are counted by. */
export type StreamOwner = Pick<SubscriberFacts, "userId" | "address">;

/** Counts open streams: in total, per user and per address; an IPv6 network (/64) counts as one. */
export class ConnectionLimits {
  readonly #limits: BrokerLimits;
  readonly #users = new Map<string, number>();
  readonly #addresses = new Map<string, number>();
  #total = 0;

  constructor(limits: BrokerLimits) {
    this.#limits = limits;
  }

  /** The limit that one more stream would exceed. */
  exceeded({ userId, address }: StreamOwner): ExceededLimit | null {
    if (this.#total >= this.#limits.connections) return "connections";
    const ofUser = userId === undefined ? 0 : (this.#users.get(userId) ?? 0);
    if (ofUser >= this.#limits.connectionsPerUser) return "connectionsPerUser";
    const ofAddress = address === "" ? 0 : (this.#addresses.get(addressKey(address)) ?? 0);
    return ofAddress >= this.#limits.connectionsPerAddress ? "connectionsPerAddress" : null;
  }

  /** Counts a stream and returns null, or returns the limit it would exceed without counting it. */
  acquire(owner: StreamOwner): ExceededLimit | null {
    const exceeded = this.exceeded(owner);
    if (exceeded) return exceeded;
    const { userId, address } = owner;
    this.#total += 1;
    if (userId !== undefined) increment(this.#users, userId);
    if (address !== "") increment(this.#addresses, addressKey(address));
    return null;
  }

  /** Undoes one `acquire`. */
  release({ userId, address }: StreamOwner): void {
    this.#total -= 1;
    if (userId !== undefined) decrement(this.#users, userId);
    if (address !== "") decrement(this.#addresses, addressKey(address));
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function decrement(counts: Map<string, number>, key: string): void {
  const count = (counts.get(key) ?? 0) - 1;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

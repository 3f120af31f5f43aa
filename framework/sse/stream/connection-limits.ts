import type { BrokerLimits } from "../broker-options.ts";

/** Which bound a new stream would break. */
export type LimitBroken = "connections" | "connectionsPerUser" | "connectionsPerAddress";

/** Who takes a place. */
export interface PlaceHolder {
  readonly userId: string | undefined;
  /** Empty where addresses are not counted. */
  readonly address: string;
}

/** Counts the streams in all, by user and by address. */
export class ConnectionLimits {
  readonly #limits: BrokerLimits;
  readonly #users = new Map<string, number>();
  readonly #addresses = new Map<string, number>();
  #total = 0;

  constructor(limits: BrokerLimits) {
    this.#limits = limits;
  }

  /** Takes a place and answers null, or takes none and answers which bound is reached. */
  take(holder: PlaceHolder): LimitBroken | null {
    const { userId, address } = holder;
    if (this.#total >= this.#limits.connections) return "connections";
    const ofUser = userId === undefined ? 0 : (this.#users.get(userId) ?? 0);
    if (ofUser >= this.#limits.connectionsPerUser) return "connectionsPerUser";
    const ofAddress = this.#addresses.get(address) ?? 0;
    if (address !== "" && ofAddress >= this.#limits.connectionsPerAddress) return "connectionsPerAddress";
    this.#total += 1;
    if (userId !== undefined) this.#users.set(userId, ofUser + 1);
    if (address !== "") this.#addresses.set(address, ofAddress + 1);
    return null;
  }

  /** Gives back what `take` took. */
  release(holder: PlaceHolder): void {
    this.#total -= 1;
    if (holder.userId !== undefined) lower(this.#users, holder.userId);
    if (holder.address !== "") lower(this.#addresses, holder.address);
  }
}

function lower(counts: Map<string, number>, key: string): void {
  const count = (counts.get(key) ?? 0) - 1;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

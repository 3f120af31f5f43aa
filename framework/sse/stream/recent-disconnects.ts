import type { ControlMessage } from "../backplane/backplane.ts";
import type { Identity } from "../broker-options.ts";

const keptMs = 30_000;
const keptCount = 1000;

/**
 * Orders of the last half minute. A stream that was being authorised when the order came was not open yet to obey it, so it is
 * checked against them before it opens.
 */
export class RecentDisconnects {
  readonly #orders: { readonly at: number; readonly message: ControlMessage }[] = [];

  add(message: ControlMessage, now: number): void {
    this.#orders.push({ at: now, message });
    while (this.#orders.length > keptCount || (this.#orders[0]?.at ?? now) < now - keptMs) this.#orders.shift();
  }

  /** The latest order since that time which a stream of this kind would have had to obey. */
  find(identity: Identity, topics: readonly string[], since: number): ControlMessage | undefined {
    return this.#orders.findLast(({ at, message }) => at >= since && concerns(message, identity, topics))?.message;
  }
}

function concerns({ selector }: ControlMessage, identity: Identity, topics: readonly string[]): boolean {
  if ("user" in selector) return selector.user === identity.userId;
  if ("session" in selector) return selector.session === identity.sessionId;
  return "topic" in selector && topics.includes(selector.topic);
}

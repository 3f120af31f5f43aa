import type { ControlMessage } from "../backplane/backplane.ts";
import type { Identity } from "../broker-options.ts";

const maxAgeMs = 30_000;
const maxCount = 1000;

/**
 * Control messages of the last half minute. A stream that was still being authorized when one arrived was not open yet to follow it,
 * so it is checked against them before it opens.
 */
export class RecentCommands {
  readonly #commands: { readonly at: number; readonly message: ControlMessage }[] = [];

  add(message: ControlMessage, now: number): void {
    this.#commands.push({ at: now, message });
    while (this.#commands.length > maxCount || (this.#commands[0]?.at ?? now) < now - maxAgeMs) this.#commands.shift();
  }

  /** The latest command since the given time that would have applied to such a stream. */
  find(identity: Identity, topics: readonly string[], since: number): ControlMessage | undefined {
    return this.#commands.findLast(({ at, message }) => at >= since && appliesTo(message, identity, topics))?.message;
  }
}

function appliesTo({ selector }: ControlMessage, identity: Identity, topics: readonly string[]): boolean {
  if ("user" in selector) return selector.user === identity.userId;
  if ("session" in selector) return selector.session === identity.sessionId;
  return "topic" in selector && topics.includes(selector.topic);
}

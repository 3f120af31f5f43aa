import type { StreamSelector } from "../backplane/backplane.ts";
import type { Identity } from "../broker-options.ts";
import type { EventLog } from "../delivery/event-log.ts";
import { compareEventIds, type EventId } from "../event/wire-format.ts";

const maxChanges = 10_000;

/**
 * Where in the order the rights of clients changed, as far as this node knows: by `reauthorize`, and because it refused a topic. Nobody gets
 * a replay of a topic from before such a place, when they may not have been allowed to see it.
 */
export class PermissionChanges {
  readonly #log: EventLog;
  readonly #changes = new Map<string, EventId>();
  readonly #refusals = new Map<string, EventId>();
  /** What is before this place is forgotten. */
  #forgotten: EventId = { epoch: 0, sequence: 0 };

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** The rights of these clients changed at this place. */
  add(selector: StreamSelector, at: EventId): void {
    if ("connection" in selector) return;
    const evicted = put(this.#changes, keyOf(selector), at);
    if (evicted) this.#forgotten = evicted;
  }

  /** Somebody may not listen to the topic yet. */
  refuse(identity: Identity, topic: string): void {
    put(this.#refusals, refusalKey(identity, topic), this.#log.last);
  }

  /** Whether a replay from this cursor on would contain what the client may not have been allowed to see. */
  forbids(since: EventId, identity: Identity, topics: readonly string[]): boolean {
    const from = this.#log.find(since);
    if (from === null) return false;
    const changed = [this.#changes.get(keyOf({ user: identity.userId ?? "" })), this.#forgotten];
    changed.push(this.#changes.get(keyOf({ session: identity.sessionId ?? "" })));
    return topics.some((topic) => {
      const ofTopic = [this.#changes.get(keyOf({ topic })), this.#refusals.get(refusalKey(identity, topic))];
      const places = [...changed, ...ofTopic].filter((place) => place !== undefined);
      return places.some((place) => compareEventIds(since, place) < 0 && this.#isToldIn(topic, from, place));
    });
  }

  #isToldIn(topic: string, from: number, until: EventId): boolean {
    for (let position = from; position < this.#log.head; position += 1) {
      const { id, topics, isReplaced } = this.#log.at(position);
      if (compareEventIds(id, until) > 0) return false;
      if (topics?.includes(topic) && !isReplaced) return true;
    }
    return false;
  }
}

/** Remembers the newest place for a key. Returns the place that had to be forgotten for it, if any. */
function put(places: Map<string, EventId>, key: string, at: EventId): EventId | undefined {
  places.delete(key);
  places.set(key, at);
  if (places.size <= maxChanges) return undefined;
  const [oldest] = places;
  if (oldest === undefined) return undefined;
  places.delete(oldest[0]);
  return oldest[1];
}

function keyOf(selector: Exclude<StreamSelector, { readonly connection: string }>): string {
  if ("user" in selector) return `user ${selector.user}`;
  return "session" in selector ? `session ${selector.session}` : `topic ${selector.topic}`;
}

/** Visitors who aren't logged in count as one. */
function refusalKey({ userId, sessionId }: Identity, topic: string): string {
  return `${topic}\u0001${userId ?? sessionId ?? ""}`;
}

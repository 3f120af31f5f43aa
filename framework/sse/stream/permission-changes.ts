import type { ListenersMessage, StreamSelector } from "../backplane/backplane.ts";
import type { BrokerSettings, Identity } from "../broker-options.ts";
import type { EventLog } from "../delivery/event-log.ts";
import { compareEventIds, type EventId, zeroEventId } from "../event/wire-format.ts";
import { KnownListeners, listenerKey } from "./known-listeners.ts";
import { Places } from "./places.ts";
import type { ClientCursor } from "./stream-lifecycle.ts";

const maxChanges = 10_000;

/** A stream that asks for what it missed. */
export interface ReplayRequest {
  readonly since: ClientCursor;
  readonly identity: Identity;
  readonly topics: readonly string[];
  /** Where the page was rendered that the stream belongs to, if that is proven. */
  readonly renderedAt: EventId | null;
}

/**
 * Where in the order clients were first allowed to see topics, and where their rights changed, as far as this node knows: by pages and
 * streams of theirs, by `reauthorize`, and because it refused a topic. Nobody gets a replay of a topic from before such a place, when they
 * may not have been allowed to see it.
 */
export class PermissionChanges {
  readonly #log: EventLog;
  readonly #listeners: KnownListeners;
  readonly #changes = new Places(maxChanges);
  readonly #refusals = new Places(maxChanges);
  /** What is before this place is forgotten. */
  #forgotten: EventId = zeroEventId;

  constructor(log: EventLog, settings: Pick<BrokerSettings, "backplane" | "isAlone" | "log">) {
    this.#log = log;
    this.#listeners = new KnownListeners(settings);
  }

  /** The rights of these clients changed at this place. */
  add(selector: StreamSelector, at: EventId): void {
    if ("connection" in selector) return;
    const forgotten = this.#changes.put(keyOf(selector), at);
    if (forgotten) this.#forgotten = forgotten;
  }

  /** Somebody may not listen to the topic yet. */
  refuse(identity: Identity, topic: string): void {
    this.#refusals.put(listenerKey(identity, topic), this.#log.last);
    this.#listeners.forget(identity, topic);
  }

  /** Somebody may listen to the topics from now on. Returns where the replay starts. */
  admit(request: ReplayRequest): ClientCursor {
    const { identity, topics, renderedAt } = request;
    const since = this.#forbids(request) ? "unknown" : request.since;
    if (!isLoggedIn(identity)) return since;
    for (const topic of topics) {
      if (this.#proofFor(topic, identity, renderedAt) === null) this.#listeners.add(identity, topic, this.#log.last);
    }
    return since;
  }

  /** What another node knows about its listeners. */
  receive(message: ListenersMessage): void {
    this.#listeners.receive(message);
  }

  close(): void {
    this.#listeners.close();
  }

  /** Whether the replay would contain what the client may not have been allowed to see. */
  #forbids(request: ReplayRequest): boolean {
    const { since, identity, topics } = request;
    if (since === null || since === "unknown") return false;
    const from = this.#log.find(since);
    if (from === null) return false;
    const changed = [this.#changes.get(keyOf({ user: identity.userId ?? "" })), this.#forgotten];
    changed.push(this.#changes.get(keyOf({ session: identity.sessionId ?? "" })));
    return topics.some((topic) => {
      const ofTopic = [this.#changes.get(keyOf({ topic })), this.#refusals.get(listenerKey(identity, topic))];
      const places = [...changed, ...ofTopic, this.#allowedSince(topic, request)].filter(
        (place) => place !== undefined,
      );
      return places.some((place) => compareEventIds(since, place) < 0 && this.#isToldIn(topic, from, place));
    });
  }

  /** From where on somebody is known to have been allowed to see the topic; from now on, if from nowhere. */
  #allowedSince(topic: string, { identity, renderedAt }: ReplayRequest): EventId | undefined {
    if (!isLoggedIn(identity)) return undefined;
    const [proven, known] = [this.#proofFor(topic, identity, renderedAt), this.#listeners.since(identity, topic)];
    if (proven === null || known === undefined) return proven ?? known ?? this.#log.last;
    return compareEventIds(proven, known) < 0 ? proven : known;
  }

  /** A page from before the topic was refused proves nothing any more. */
  #proofFor(topic: string, identity: Identity, renderedAt: EventId | null): EventId | null {
    const refusal = this.#refusals.get(listenerKey(identity, topic));
    return renderedAt && refusal && compareEventIds(renderedAt, refusal) <= 0 ? null : renderedAt;
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

function isLoggedIn({ userId, sessionId }: Identity): boolean {
  return userId !== undefined || sessionId !== undefined;
}

function keyOf(selector: Exclude<StreamSelector, { readonly connection: string }>): string {
  if ("user" in selector) return `user ${selector.user}`;
  return "session" in selector ? `session ${selector.session}` : `topic ${selector.topic}`;
}

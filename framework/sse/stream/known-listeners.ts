import type { ListenersMessage } from "../backplane/backplane.ts";
import type { BrokerSettings, Identity } from "../broker-options.ts";
import { compareEventIds, type EventId, formatEventId, parseEventId } from "../event/wire-format.ts";
import { Places } from "./places.ts";

const maxListeners = 20_000;
const maxNews = 1000;
const newsMs = 50;

/**
 * Since when people listen to topics, on all nodes: from there on they were allowed to. It's only needed for streams that no page was
 * rendered for, and only for people who are logged in; anonymous visitors have no permissions of their own.
 */
export class KnownListeners {
  readonly #settings: Pick<BrokerSettings, "backplane" | "isAlone" | "log">;
  readonly #since = new Places(maxListeners);
  /** What the other nodes have not been told yet. */
  #news = new Map<string, EventId>();
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: Pick<BrokerSettings, "backplane" | "isAlone" | "log">) {
    this.#settings = settings;
  }

  since(identity: Identity, topic: string): EventId | undefined {
    return this.#since.get(listenerKey(identity, topic));
  }

  /** Somebody listens to the topic from this place on, or has before. */
  add(identity: Identity, topic: string, at: EventId): void {
    const key = listenerKey(identity, topic);
    const since = this.#since.get(key) ?? at;
    this.#since.put(key, since);
    if (this.#settings.isAlone || this.#news.size >= maxNews) return;
    this.#news.set(key, since);
    this.#timer ??= setTimeout(() => this.#tell(), newsMs).unref();
  }

  /** Somebody may not listen to the topic any more. */
  forget(identity: Identity, topic: string): void {
    this.#since.delete(listenerKey(identity, topic));
  }

  receive({ listeners }: ListenersMessage): void {
    for (const [key, cursor] of listeners) {
      const [known, told] = [this.#since.get(key), parseEventId(cursor)];
      if (told !== null && (known === undefined || compareEventIds(told, known) < 0)) this.#since.put(key, told);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Nodes that don't hear of it let the page load its content again, so nothing is kept for later. */
  #tell(): void {
    const { backplane, log } = this.#settings;
    const listeners = [...this.#news].map(([key, at]) => [key, formatEventId(at)] as const);
    this.#news = new Map();
    this.#timer = undefined;
    if (backplane.state === "away") return;
    backplane.publish({ kind: "listeners", listeners }).catch((error: unknown) => {
      log.warn({ err: error }, "who listens to what could not be told to the other nodes");
    });
  }
}

/** Visitors who aren't logged in count as one. */
export function listenerKey({ userId, sessionId }: Identity, topic: string): string {
  return `${topic}\u0001${userId ?? sessionId ?? ""}`;
}

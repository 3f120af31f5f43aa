import type { CloseReason, Connection, ConnectionListener } from "../connection/connection.ts";
import type { LogEntry } from "./event-log.ts";

/** The cursor of a subscriber that has everything that was flushed. */
export const live = -1;

/** What a subscriber tells the broker; one object for all of them. */
export interface SubscriberOwner {
  drained(subscriber: Subscriber): void;
  /** With what went wrong on the way to the client, if something did. */
  gone(subscriber: Subscriber, error?: unknown): void;
}

export interface SubscriberFacts {
  readonly id: string;
  readonly userId: string | undefined;
  readonly address: string;
  /** Asked for and granted, and those by who it is. */
  readonly topics: readonly string[];
  /** When the stream ends at the latest, milliseconds since the Unix epoch. */
  readonly expiresAt: number;
}

/** One open stream of the broker: a connection, who is behind it, and how far it has read. Plain fields: there are thousands. */
export class Subscriber implements ConnectionListener {
  readonly connection: Connection;
  readonly facts: SubscriberFacts;
  readonly #owner: SubscriberOwner;
  /** Next position in the log, or `live`. */
  cursor = live;
  /** Positions before this one are replayed, not live. */
  replayEnd = 0;
  /** Since when nothing has drained. */
  laggingSince = 0;
  /** Where the registry keeps it. */
  slot = 0;
  index = 0;
  position = 0;
  /** Which audiences of the flush under way it belongs to. */
  audiences = 0;

  constructor(connection: Connection, facts: SubscriberFacts, owner: SubscriberOwner) {
    this.connection = connection;
    this.facts = facts;
    this.#owner = owner;
    connection.listener = this;
  }

  onDrain(): void {
    this.#owner.drained(this);
  }

  onClose(_reason: CloseReason, error?: unknown): void {
    this.#owner.gone(this, error);
  }

  /** Whether the entry is meant for it. */
  hears(entry: LogEntry): boolean {
    if (entry.except === this.facts.id) return false;
    if (entry.topics === null) return true;
    return entry.topics.some((topic) => this.facts.topics.includes(topic) || topic === `connection:${this.facts.id}`);
  }
}

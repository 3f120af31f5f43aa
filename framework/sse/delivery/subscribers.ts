import type { StreamSelector } from "../backplane/backplane.ts";
import type { CloseReason, Connection, ConnectionListener } from "../connection/connection.ts";
import { Deadlines } from "./deadlines.ts";
import type { LogEntry } from "./event-log.ts";

/** The cursor of a subscriber that has received everything flushed so far. */
export const live = -1;

/** Receives the events of all subscribers; one object for all of them. */
export interface SubscriberOwner {
  onDrain(subscriber: Subscriber): void;
  /** With the error that broke the connection, if there was one. */
  onClose(subscriber: Subscriber, error?: unknown): void;
}

export interface SubscriberFacts {
  readonly id: string;
  /** The id that the page chose for itself. It keeps it when its stream reconnects, so it only says what the page need not get. */
  readonly pageId: string | undefined;
  readonly userId: string | undefined;
  /** Empty where addresses are not counted. */
  readonly address: string;
  /** The topics it asked for and was granted, and those of its user and session. */
  readonly topics: readonly string[];
  /** When the stream ends at the latest, in milliseconds since the Unix epoch. */
  readonly expiresAt: number;
}

/** One open stream of the broker: a connection, who is behind it, and how far it has read. Plain fields, as there are thousands. */
export class Subscriber implements ConnectionListener {
  readonly connection: Connection;
  readonly facts: SubscriberFacts;
  readonly #owner: SubscriberOwner;
  /** Next position in the log, or `live`. */
  cursor = live;
  /** Positions before this one are replayed, not live. */
  replayEnd = 0;
  /** When it last failed to drain. */
  laggingSince = 0;
  /** Where the registry keeps it. */
  slot = 0;
  index = 0;
  position = 0;
  /** How the regions of its page see it; null for a page without any. */
  regions: object | null = null;
  /** The audiences of the current flush that it belongs to, as bits. */
  audiences = 0;

  constructor(connection: Connection, facts: SubscriberFacts, owner: SubscriberOwner) {
    this.connection = connection;
    this.facts = facts;
    this.#owner = owner;
    connection.listener = this;
  }

  onDrain(): void {
    this.#owner.onDrain(this);
  }

  onClose(_reason: CloseReason, error?: unknown): void {
    this.#owner.onClose(this, error);
  }

  /** Whether the entry is for this subscriber. */
  hears(entry: LogEntry): boolean {
    const { id, pageId } = this.facts;
    if (entry.except !== null && (entry.except === id || entry.except === pageId)) return false;
    if (entry.topics === null) return true;
    return entry.topics.some((topic) => this.facts.topics.includes(topic) || topic === `connection:${id}`);
  }
}

const slotCount = 32;

/**
 * All subscribers: in slots that the heartbeat visits one at a time, and by topic. A topic with a single listener, the usual case for
 * a user or a session, does not cost a set.
 */
export class SubscriberRegistry {
  readonly slots: readonly Subscriber[][] = Array.from({ length: slotCount }, () => []);
  /**
   * All subscribers, roughly in the order in which they connected. Their memory is laid out in that order too, here and in the
   * kernel, which makes a pass in this order a tenth cheaper than in any other.
   */
  readonly inOrder: Subscriber[] = [];
  readonly deadlines = new Deadlines<Subscriber>();
  readonly #byId = new Map<string, Subscriber>();
  readonly #byPage = new Map<string, Subscriber>();
  readonly #byTopic = new Map<string, Subscriber | Set<Subscriber>>();
  #nextSlot = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** How many topics have a listener. */
  get topicCount(): number {
    return this.#byTopic.size;
  }

  /** The stream with this connection id, or else the newest one of the page with this id. */
  sender(id: string): Subscriber | undefined {
    return this.#byId.get(id) ?? this.#byPage.get(id);
  }

  add(subscriber: Subscriber): void {
    const slot = this.slots[this.#nextSlot] ?? [];
    subscriber.slot = this.#nextSlot;
    subscriber.index = slot.length;
    slot.push(subscriber);
    subscriber.position = this.inOrder.length;
    this.inOrder.push(subscriber);
    this.#nextSlot = (this.#nextSlot + 1) % slotCount;
    const { id, pageId } = subscriber.facts;
    this.#byId.set(id, subscriber);
    if (pageId !== undefined) this.#byPage.set(pageId, subscriber);
    this.deadlines.add(subscriber);
    for (const topic of subscriber.facts.topics) this.#join(topic, subscriber);
  }

  /** Returns false if it was not there. */
  remove(subscriber: Subscriber): boolean {
    const { id, pageId } = subscriber.facts;
    if (!this.#byId.delete(id)) return false;
    if (pageId !== undefined && this.#byPage.get(pageId) === subscriber) this.#byPage.delete(pageId);
    this.deadlines.delete(subscriber);
    const slot = this.slots[subscriber.slot];
    const last = slot?.pop();
    if (slot && last && last !== subscriber) {
      slot[subscriber.index] = last;
      last.index = subscriber.index;
    }
    const newest = this.inOrder.pop();
    if (newest && newest !== subscriber) {
      this.inOrder[subscriber.position] = newest;
      newest.position = subscriber.position;
    }
    for (const topic of subscriber.facts.topics) this.#leave(topic, subscriber);
    return true;
  }

  /** The listeners of a topic, including `connection:<id>`. */
  listeners(topic: string): Iterable<Subscriber> {
    const found = topic.startsWith("connection:") ? this.#byId.get(topic.slice(11)) : this.#byTopic.get(topic);
    if (found === undefined) return [];
    return found instanceof Set ? found : [found];
  }

  /** The selected subscribers, as a list that stays the same while they leave. */
  select(selector: StreamSelector): Subscriber[] {
    return [...this.listeners(topicOf(selector))];
  }

  /** All subscribers, as a list that stays the same while they leave. */
  everybody(): Subscriber[] {
    return [...this.inOrder];
  }

  #join(topic: string, subscriber: Subscriber): void {
    const present = this.#byTopic.get(topic);
    if (present === undefined) this.#byTopic.set(topic, subscriber);
    else if (present instanceof Set) present.add(subscriber);
    else this.#byTopic.set(topic, new Set([present, subscriber]));
  }

  #leave(topic: string, subscriber: Subscriber): void {
    const present = this.#byTopic.get(topic);
    if (present === subscriber) this.#byTopic.delete(topic);
    else if (present instanceof Set && present.delete(subscriber) && present.size === 0) this.#byTopic.delete(topic);
  }
}

const maxTopicLength = 255;

/** Whether the text is a valid topic: 1 to 255 characters, no control characters. */
export function isTopic(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this test is about control characters
  return text.length > 0 && text.length <= maxTopicLength && !/[\u0000-\u001f\u007f]/.test(text);
}

/** Whether the broker assigns this topic itself, based on who the client is; clients cannot ask for it. */
export function isReservedTopic(topic: string): boolean {
  return /^(?:user|session|connection):/.test(topic);
}

function topicOf(selector: StreamSelector): string {
  if ("user" in selector) return `user:${selector.user}`;
  if ("session" in selector) return `session:${selector.session}`;
  return "connection" in selector ? `connection:${selector.connection}` : selector.topic;
}

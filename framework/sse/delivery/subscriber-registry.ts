import type { Subscriber } from "./subscriber.ts";

const slotCount = 32;

/**
 * Everybody who listens, in slots that the heartbeat visits one by one, and by topic. A topic with a single listener, the
 * usual case for a user or a session, costs no set.
 */
export class SubscriberRegistry {
  readonly slots: readonly Subscriber[][] = Array.from({ length: slotCount }, () => []);
  /**
   * All of them, by and large in the order in which they came. What belongs to a stream lies in memory in that order too, here
   * and in the system, so that going through them this way costs a tenth less than in any other.
   */
  readonly inOrder: Subscriber[] = [];
  readonly #byId = new Map<string, Subscriber>();
  readonly #byTopic = new Map<string, Subscriber | Set<Subscriber>>();
  #nextSlot = 0;

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): Subscriber | undefined {
    return this.#byId.get(id);
  }

  add(subscriber: Subscriber): void {
    const slot = this.slots[this.#nextSlot] ?? [];
    subscriber.slot = this.#nextSlot;
    subscriber.index = slot.length;
    slot.push(subscriber);
    subscriber.position = this.inOrder.length;
    this.inOrder.push(subscriber);
    this.#nextSlot = (this.#nextSlot + 1) % slotCount;
    this.#byId.set(subscriber.facts.id, subscriber);
    for (const topic of subscriber.facts.topics) this.#join(topic, subscriber);
  }

  /** Whether it was there. */
  remove(subscriber: Subscriber): boolean {
    if (!this.#byId.delete(subscriber.facts.id)) return false;
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

  /** Those who hear a topic, `connection:<id>` included. */
  listeners(topic: string): Iterable<Subscriber> {
    const found = topic.startsWith("connection:") ? this.#byId.get(topic.slice(11)) : this.#byTopic.get(topic);
    if (found === undefined) return [];
    return found instanceof Set ? found : [found];
  }

  /** Everybody, as a list that stays as it is while they leave. */
  everybody(): Subscriber[] {
    return [...this.inOrder];
  }

  /** Topics that somebody listens to. */
  get topicCount(): number {
    return this.#byTopic.size;
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

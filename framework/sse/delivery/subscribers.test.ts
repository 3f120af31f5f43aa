import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idleListener } from "../connection/connection.ts";
import { isReservedTopic, isTopic, Subscriber, SubscriberRegistry } from "./subscribers.ts";

const owner = { onDrain() {}, onClose() {} };

function createSubscriber(
  id: string,
  topics: readonly string[] = [],
  { expiresAt = Number.POSITIVE_INFINITY, pageId }: { readonly expiresAt?: number; readonly pageId?: string } = {},
): Subscriber {
  const connection = {
    listener: idleListener,
    closed: false,
    queuedBytes: 0,
    peer: null,
    write: () => "sent" as const,
    close: () => {},
    destroy: () => {},
    response: new Response(),
  };
  const facts = { id, pageId, userId: undefined, address: "", topics, expiresAt };
  return new Subscriber(connection, facts, owner);
}

const ids = (subscribers: Iterable<Subscriber>) => [...subscribers].map(({ facts }) => facts.id).sort();

describe("SubscriberRegistry", () => {
  it("visits and tells everyone who is there, once, in whatever order people come and leave", () => {
    const everyone = Array.from({ length: 150 }, (_, number) => number);
    fc.assert(
      fc.property(fc.shuffledSubarray(everyone), fc.nat(10), (leaving, newcomers) => {
        const registry = new SubscriberRegistry();
        const all = everyone.map((number) => createSubscriber(String(number), [`topic ${number % 3}`, "all"]));
        for (const subscriber of all) registry.add(subscriber);

        for (const subscriber of leaving.flatMap((number) => all[number] ?? [])) registry.remove(subscriber);
        const late = Array.from({ length: newcomers }, (_, number) => createSubscriber(`new ${number}`, ["all"]));
        for (const subscriber of late) registry.add(subscriber);

        const present = [...all.filter((_, number) => !leaving.includes(number)), ...late];
        const inTopic = present.filter(({ facts }) => facts.topics.includes("topic 1"));
        expect(ids(registry.slots.flat())).toEqual(ids(present));
        expect(ids(registry.inOrder)).toEqual(ids(present));
        expect(ids(registry.everybody())).toEqual(ids(present));
        expect(ids(registry.listeners("all"))).toEqual(ids(present));
        expect(ids(registry.listeners("topic 1"))).toEqual(ids(inTopic));
        expect(registry.size).toBe(present.length);
        expect(registry.topicCount).toBe(new Set(present.flatMap(({ facts }) => facts.topics)).size);
      }),
    );
  });

  it("spreads people evenly over the slots", () => {
    const registry = new SubscriberRegistry();

    for (let count = 0; count < registry.slots.length * 2; count += 1) registry.add(createSubscriber(String(count)));

    expect(new Set(registry.slots.map((slot) => slot.length))).toEqual(new Set([2]));
  });

  it("forgets the deadline of someone who has left", () => {
    const registry = new SubscriberRegistry();
    const [ann, bob] = [
      createSubscriber("ann", [], { expiresAt: 1000 }),
      createSubscriber("bob", [], { expiresAt: 1000 }),
    ];
    for (const subscriber of [ann, bob]) registry.add(subscriber);

    registry.remove(ann);

    expect(ids(registry.deadlines.due(5000))).toEqual(["bob"]);
  });

  it("doesn't remove anyone twice", () => {
    const registry = new SubscriberRegistry();
    const [first, second] = [createSubscriber("1"), createSubscriber("2")];
    registry.add(first);
    registry.add(second);

    expect([registry.remove(first), registry.remove(first)]).toEqual([true, false]);
    expect(ids(registry.everybody())).toEqual(["2"]);
  });

  it("knows a page by its newest stream, also when an older one ends later, until that one ends too", () => {
    const registry = new SubscriberRegistry();
    const [older, newer] = ["1", "2"].map((id) => createSubscriber(id, [], { pageId: "page-one" }));
    const senders: (string | undefined)[] = [];
    const note = () => void senders.push(registry.sender("page-one")?.facts.id);

    for (const stream of [older, newer]) {
      if (stream) registry.add(stream);
      note();
    }
    for (const stream of [older, newer]) {
      if (stream) registry.remove(stream);
      note();
    }

    expect(senders).toEqual(["1", "2", "2", undefined]);
  });

  it("finds a connection by its id, and nobody for a topic without listeners", () => {
    const registry = new SubscriberRegistry();
    registry.add(createSubscriber("1", ["a"]));

    expect(ids(registry.listeners("connection:1"))).toEqual(["1"]);
    expect(ids(registry.select({ connection: "2" }))).toEqual([]);
    expect(ids(registry.listeners("b"))).toEqual([]);
  });
});

describe("isTopic", () => {
  it("accepts 1 to 255 characters without control characters", () => {
    const texts = ["a", "x".repeat(255), "", "x".repeat(256), "a\nb", "a\u007f", "a\u0000"];

    expect(texts.map(isTopic)).toEqual([true, true, false, false, false, false, false]);
  });
});

describe("isReservedTopic", () => {
  it("knows the topics that the broker assigns itself", () => {
    const topics = ["user:1", "session:1", "connection:1", "users:1", "my user:1", "user"];

    expect(topics.map(isReservedTopic)).toEqual([true, true, true, false, false, false]);
  });
});

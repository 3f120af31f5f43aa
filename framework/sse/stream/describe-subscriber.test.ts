import { Context } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Identity } from "../broker-options.ts";
import { describeSubscriber } from "./describe-subscriber.ts";

const now = 1_800_000_000_000;

function describeFor(identity: Identity, headers: Record<string, string> = {}) {
  const c = new Context(new Request("http://x/events", { headers }));
  const settings = { clock: { now: () => now }, clientAddress: () => "192.0.2.1", maxLifeMs: 1000 };
  return describeSubscriber(c, { identity, topics: ["room"] }, settings);
}

/** Chance, as the test wants it. */
const setChance = (value: number) => vi.spyOn(Math, "random").mockReturnValue(value);

afterEach(() => void vi.restoreAllMocks());

describe("describeSubscriber", () => {
  it("adds the topics that each stream has by itself to those that it asked for", () => {
    const topics = [{}, { userId: "ann" }, { userId: "ann", sessionId: "s1" }].map(
      (identity) => describeFor(identity).topics,
    );

    expect(topics).toEqual([["room"], ["room", "user:ann"], ["room", "user:ann", "session:s1"]]);
  });

  it("gives each stream an id that nobody can guess, and keeps the one that its page chose", () => {
    const [one, other] = [describeFor({}), describeFor({}, { "x-page-id": "page-one" })];

    expect(one.id).not.toBe(other.id);
    expect(one.id).toMatch(/^[\w-]{16,}$/);
    expect([one.pageId, other.pageId]).toEqual([undefined, "page-one"]);
  });

  it("knows whose it is and where it comes from, because both are limited", () => {
    expect(describeFor({ userId: "ann" })).toMatchObject({ userId: "ann", address: "192.0.2.1" });
  });

  it.each([
    ["a tenth earlier", 0, 900],
    ["a tenth later", 1, 1100],
  ])("ends a stream after its life, at most %s, so that not all end together", (_name, chance, lifeMs) => {
    setChance(chance);

    expect(describeFor({}).expiresAt - now).toBe(lifeMs);
  });

  it("ends a stream with its session if that is over before", () => {
    setChance(0);

    const ends = [899, 901].map((leftMs) => describeFor({ expiresAt: now + leftMs }).expiresAt - now);

    expect(ends).toEqual([899, 900]);
  });
});

import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { silentLogger } from "../base/index.ts";
import type { Markup } from "../html/index.ts";
import { parseTopics, renderFragment, senderOf, warnAboutFragment } from "./broadcast-message.ts";
import { fieldNotSendable, keyNotSendable, topicNotSendable } from "./errors.ts";
import { everybody } from "./everybody.ts";

describe("senderOf", () => {
  const app = new Hono().get("/", (c) => c.json(senderOf(c)));
  const senderFor = async (headers: Record<string, string>) => await (await app.request("/", { headers })).json();

  it.each([
    ["page-1234", "page-1234"],
    ["x".repeat(64), "x".repeat(64)],
    ["x".repeat(65), null],
    ["page-12", null],
    ["!page-1234", null],
    ["page-1234!", null],
  ])("takes %j for the id of a page: %j", async (id, sender) => {
    expect(await senderFor({ "X-Page-Id": id })).toBe(sender);
  });

  it("takes the connection of a page without an id of its own, or a text as it is", async () => {
    const senders = [
      await senderFor({ "X-Connection-Id": "c1" }),
      await senderFor({ "X-Connection-Id": "c1", "X-Page-Id": "page-1234" }),
      await senderFor({}),
      senderOf("c2"),
      senderOf(undefined),
    ];

    expect(senders).toEqual(["c1", "page-1234", null, "c2", null]);
  });
});

describe("parseTopics", () => {
  it("makes a list of topics, and null of everybody", () => {
    expect([parseTopics("a"), parseTopics(["a", "b"]), parseTopics(everybody)]).toEqual([["a"], ["a", "b"], null]);
  });

  it.each(["", "x".repeat(256), "a\u0001b"])("refuses %j as a topic, alone and in a list", (topic) => {
    const refused = expect.objectContaining({ code: "SSE_TOPIC_NOT_SENDABLE" });

    expect(() => parseTopics(topic)).toThrow(refused);
    expect(() => parseTopics(["a", topic])).toThrow(refused);
  });
});

describe("what an error or a warning quotes", () => {
  const long = "x".repeat(100);
  const quotedIn = (text: string) => /x+/.exec(text)?.[0].length;

  it("is the start of a fragment that is mere text, or has no place on the page", () => {
    const starts: unknown[] = [];
    const log = { ...silentLogger, warn: (facts: object) => void starts.push(Reflect.get(facts, "start")) };
    // Not everyone compiles.
    const render = () => renderFragment(long as unknown as Markup);

    warnAboutFragment(log, long);

    expect(render).toThrow(`: "${"x".repeat(60)}".`);
    expect(starts).toEqual(["x".repeat(60)]);
  });

  it("is the start of a topic, a key or a field that can't be sent", () => {
    const errors = [
      topicNotSendable({ topic: long }),
      keyNotSendable({ key: long }),
      fieldNotSendable({ field: "event", value: long }),
    ];

    expect(errors.map(({ message }) => quotedIn(message))).toEqual([80, 80, 80]);
  });
});

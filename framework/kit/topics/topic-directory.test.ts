import type { Context } from "hono";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createGuard } from "../../auth/index.ts";
import { everybody } from "../../sse/index.ts";
import type { PartTopics } from "./part-topics.ts";
import { createTopicDirectory } from "./topic-directory.ts";

const RequireAnn = createGuard({ name: "RequireAnn", allows: (c) => c.req.query("name") === "ann" });

const part = (name: string, topics: PartTopics) => ({ name, topics });

/** What a directory decides about a topic for Ann, or for a visitor. */
async function decide(topics: PartTopics, topic: string, query = "") {
  const directory = createTopicDirectory([{ name: "home" }, part("notes", topics)]);
  let decision: boolean | undefined;
  const app = new Hono().get("/", async (c: Context) => {
    decision = await directory.decide(c, topic);
    return c.text("");
  });
  await app.request(`/${query}`);
  return decision;
}

describe("createTopicDirectory", () => {
  it("has something to say about a broadcast to a topic that no part declares, and to no other", () => {
    const directory = createTopicDirectory([part("notes", { news: everybody, "note:*": RequireAnn })]);

    expect(["news", "note:7", "user:ann", "connection:1"].map(directory.warn)).toEqual(new Array(4).fill(undefined));
    expect(directory.warn("ticket:7")).toContain('topics: { "ticket:*": RequireLogin }');
  });

  it("opens a topic to everybody, to those whom a guard lets in, or by a rule", async () => {
    const topics: PartTopics = {
      news: everybody,
      team: RequireAnn,
      "note:*": (_c, topic, rest) => topic === "note:7" && rest === "7",
    };

    expect(await decide(topics, "news")).toBe(true);
    expect(await decide(topics, "team")).toBe(false);
    expect(await decide(topics, "team", "?name=ann")).toBe(true);
    expect(await decide(topics, "note:7")).toBe(true);
    expect(await decide(topics, "note:8")).toBe(false);
  });

  it("knows nothing about a topic that no part declares", async () => {
    expect(await decide({ news: everybody }, "old-news")).toBeUndefined();
    expect(await decide({ news: everybody }, "toString")).toBeUndefined();
  });

  it.each([
    ["note:7", true],
    ["note:7:comments", true],
    ["note:*", true],
    ["note:", undefined],
    ["note", undefined],
    ["notes:7", undefined],
    ["a-note:7", undefined],
    ["NOTE:7", undefined],
  ])("matches %s with note:* as documented", async (topic, decision) => {
    expect(await decide({ "note:*": everybody }, topic)).toBe(decision);
  });

  it("lets only the most specific pattern decide, in any order", async () => {
    const topics: PartTopics = {
      "note:*": everybody,
      "note:secret:*": RequireAnn,
      "note:secret:door": () => false,
    };

    expect(await decide(topics, "note:secret:7")).toBe(false);
    expect(await decide(topics, "note:secret:7", "?name=ann")).toBe(true);
    expect(await decide(topics, "note:secret:door", "?name=ann")).toBe(false);
    expect(await decide(topics, "note:secrets")).toBe(true);
  });

  it("refuses two parts that declare the same topic", () => {
    const parts = [part("notes", { "note:*": RequireAnn }), part("board", { "note:*": everybody })];

    expect(() => createTopicDirectory(parts)).toThrow(expect.objectContaining({ code: "KIT_TOPIC_TAKEN" }));
  });

  it.each([
    ["note:*", "note:secret"],
    ["note:secret", "note:*"],
    ["note:*", "note:secret:*"],
  ])("refuses a pattern that covers a topic of another part: %s and %s", (one, other) => {
    const parts = [part("one", { [one]: everybody }), part("other", { [other]: RequireAnn })];

    expect(() => createTopicDirectory(parts)).toThrow(expect.objectContaining({ code: "KIT_TOPICS_OVERLAP" }));
  });

  it.each(["*", "no*", "a:*:b", "a:*:*", "", "a\nb", "user:7", "session:*", "connection:*", "x".repeat(256)])(
    "refuses the topic %j",
    (pattern) => {
      const parts = [part("notes", { [pattern]: everybody })];

      expect(() => createTopicDirectory(parts)).toThrow(expect.objectContaining({ code: "KIT_TOPIC_PATTERN_INVALID" }));
    },
  );

  it("explains a refusal: who decided, or the line to add", () => {
    const directory = createTopicDirectory([part("notes", { team: RequireAnn, "note:*": () => false })]);

    expect(directory.explain("team")).toContain('RequireAnn doesn\'t open "team" of the part "notes"');
    expect(directory.explain("note:7")).toContain('its rule doesn\'t open "note:*"');
    expect(directory.explain("board:7")).toContain('add to a part: topics: { "board:*": RequireLogin }');
    expect(directory.explain("news")).toContain('topics: { "news": RequireLogin }');
  });
});

import type { Context } from "hono";
import type { everybody } from "../../sse/index.ts";

/** What opens a topic: a guard such as `RequireLogin`. */
export interface TopicGuard {
  readonly name: string;
  allows(c: Context): boolean | Promise<boolean>;
}

/**
 * Decides for one topic. `rest` is what stands for the `*` of the pattern: 7 for `board:7` and `board:*`. Only `true` opens the topic;
 * after any other answer, and when it throws, the stream is refused.
 */
export type TopicRule = (c: Context, topic: string, rest: string) => boolean | Promise<boolean>;

/** Who may listen to a topic: `everybody`, those whom a guard lets pass, or those for whom a function returns true. */
export type TopicGrant = typeof everybody | TopicGuard | TopicRule;

/**
 * Topics of live streams, and who may listen to them. A name ends with `:*` to stand for all topics that start with it and go on:
 * `board:*` is `board:7` and `board:7:cards`, but not `board` or `board:`. If several match, the most specific one decides alone.
 */
export type PartTopics = Readonly<Record<string, TopicGrant>>;

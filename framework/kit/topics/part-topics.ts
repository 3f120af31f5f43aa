import type { Context } from "hono";
import type { everybody } from "../../sse/index.ts";

/** A guard that opens a topic, such as `RequireLogin`. */
export interface TopicGuard {
  readonly name: string;
  allows(c: Context): boolean | Promise<boolean>;
}

/**
 * Decides about one topic. `rest` is the text that matched the `*` of the pattern: `7` for `board:7` and `board:*`. Only `true` opens the
 * topic; if it returns anything else, or throws, the stream is refused.
 */
export type TopicRule = (c: Context, topic: string, rest: string) => boolean | Promise<boolean>;

/** Who may listen to a topic: `everybody`, those whom a guard lets in, or those for whom a function returns true. */
export type TopicGrant = typeof everybody | TopicGuard | TopicRule;

/**
 * Topics of live streams, and who may listen to them. A name that ends with `:*` matches all longer topics that start with it: `board:*`
 * matches `board:7` and `board:7:cards`, but not `board` or `board:`. If several match, only the most specific one decides.
 */
export type PartTopics = Readonly<Record<string, TopicGrant>>;

import type { Context } from "hono";
import { everybody, isReservedTopic, isTopic } from "../../sse/index.ts";
import { topicPatternInvalid, topicsOverlap, topicTaken } from "../errors.ts";
import type { Part } from "../part.ts";
import type { TopicGrant } from "./part-topics.ts";

/** A topic or pattern of a part. */
export interface DeclaredTopic {
  readonly part: string;
  readonly pattern: string;
  readonly grant: TopicGrant;
}

/** The topics of all parts. */
export interface TopicDirectory {
  /** The most specific declaration for a topic. */
  find(topic: string): DeclaredTopic | undefined;
  /** Whether a request may listen to a topic; undefined if no part declares it. */
  decide(c: Context, topic: string): boolean | Promise<boolean> | undefined;
  /** What to tell the author about a broadcast to a topic that nobody may listen to; undefined if somebody may. */
  warn(topic: string): string | undefined;
  /** Why a topic was refused and what to do about it, for the author. */
  explain(topic: string): string;
}

/** Collects the topics of parts. Throws `KIT_TOPIC_TAKEN`, `KIT_TOPICS_OVERLAP` or `KIT_TOPIC_PATTERN_INVALID`. */
export function createTopicDirectory(parts: readonly Pick<Part, "name" | "topics">[]): TopicDirectory {
  const declared = parts.flatMap(declaredBy);
  for (const [index, topic] of declared.entries()) {
    for (const other of declared.slice(0, index)) refuseClash(other, topic);
  }
  const exact = new Map(declared.filter(({ pattern }) => !isPattern(pattern)).map((topic) => [topic.pattern, topic]));
  const patterns = declared
    .filter(({ pattern }) => isPattern(pattern))
    .sort((one, other) => other.pattern.length - one.pattern.length);

  const find = (topic: string) => exact.get(topic) ?? patterns.find(({ pattern }) => covers(pattern, topic));
  return {
    find,
    decide(c, topic) {
      const found = find(topic);
      // A rule that forgets to answer must not leave the decision to somebody else.
      return found ? (ask(found, c, topic) ?? false) : undefined;
    },
    warn: (topic) => (find(topic) || isReservedTopic(topic) ? undefined : suggestDeclaration(topic)),
    explain(topic) {
      const found = find(topic);
      return found ? explainRefusal(found) : suggestDeclaration(topic);
    },
  };
}

function declaredBy({ name, topics = {} }: Pick<Part, "name" | "topics">): readonly DeclaredTopic[] {
  return Object.entries(topics).map(([pattern, grant]) => {
    const sample = isPattern(pattern) ? `${prefixOf(pattern)}x` : pattern;
    if (!isTopic(sample) || isReservedTopic(sample) || sample.includes("*"))
      throw topicPatternInvalid({ part: name, pattern });
    return { part: name, pattern, grant };
  });
}

/** Within a part, the more specific pattern decides. Between parts, nobody would know that the other one opens a topic as well. */
function refuseClash(one: DeclaredTopic, other: DeclaredTopic): void {
  if (one.part === other.part) return;
  if (one.pattern === other.pattern) throw topicTaken({ pattern: one.pattern, parts: [one.part, other.part] });
  if (overlaps(one.pattern, other.pattern)) throw topicsOverlap({ broad: one, narrow: other });
  if (overlaps(other.pattern, one.pattern)) throw topicsOverlap({ broad: other, narrow: one });
}

function ask({ pattern, grant }: DeclaredTopic, c: Context, topic: string): boolean | Promise<boolean> {
  if (grant === everybody) return true;
  if ("allows" in grant) return grant.allows(c);
  return grant(c, topic, isPattern(pattern) ? topic.slice(prefixOf(pattern).length) : "");
}

function isPattern(name: string): boolean {
  return name.endsWith(":*");
}

function prefixOf(pattern: string): string {
  return pattern.slice(0, -1);
}

/** Whether a topic is longer than the part of the pattern before the `*`, and starts with it. */
function covers(pattern: string, topic: string): boolean {
  const prefix = prefixOf(pattern);
  return topic.length > prefix.length && topic.startsWith(prefix);
}

function overlaps(broad: string, narrow: string): boolean {
  return isPattern(broad) && covers(broad, narrow);
}

function explainRefusal({ part, pattern, grant }: DeclaredTopic): string {
  const by = grant !== everybody && "allows" in grant ? grant.name : "its rule";
  return `${by} doesn't open "${pattern}" of the part "${part}" to this visitor`;
}

function suggestDeclaration(topic: string): string {
  const colon = topic.lastIndexOf(":");
  const pattern = colon > 0 ? `${topic.slice(0, colon)}:*` : topic;
  return `no part declares it; add to a part: topics: { ${JSON.stringify(pattern)}: RequireLogin }, or everybody instead of RequireLogin`;
}

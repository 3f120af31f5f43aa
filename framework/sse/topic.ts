import { topicNotSendable } from "./errors.ts";

/** Prefixes of the topics that the broker itself gives; nobody can ask for them. */
const ownPrefixes = ["user:", "session:", "connection:"];

const longestTopic = 255;

/** Whether the text may name a topic: 1 to 255 characters, no control characters. */
export function isTopic(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.length > 0 && text.length <= longestTopic && !/[\u0000-\u001f\u007f]/.test(text);
}

/** Whether the broker gives this topic by who the client is, so that it cannot be asked for. */
export function isOwnTopic(topic: string): boolean {
  return ownPrefixes.some((prefix) => topic.startsWith(prefix));
}

/** The addressees as a list; null for everybody. Throws SSE_TOPIC_NOT_SENDABLE. */
export function readTopics(to: string | readonly string[] | undefined): readonly string[] | null {
  if (to === undefined) return null;
  const topics = typeof to === "string" ? [to] : to;
  for (const topic of topics) if (!isTopic(topic)) throw topicNotSendable({ topic });
  return topics;
}

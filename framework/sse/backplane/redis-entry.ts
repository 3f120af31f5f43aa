import type { BackplaneMessage, ControlMessage, PresenceMessage } from "./backplane.ts";

/** An entry of the Redis Stream, read. */
export interface RedisEntry {
  /** Which process wrote it, and its how manieth: a resent command leaves the same pair twice. */
  readonly publisher: string;
  readonly count: number;
  /** Null for an entry that only marks a place. */
  readonly message: BackplaneMessage | null;
}

const topicSeparator = "\u0001";

/** The fields of an entry, names and values in turn, as XADD takes them. */
export function formatRedisEntry(entry: RedisEntry): string[] {
  const { publisher, count, message } = entry;
  const fields = ["p", publisher, "n", String(count)];
  if (message === null) return fields;
  if (message.kind === "control") {
    fields.push("c", JSON.stringify({ action: message.action, selector: message.selector, reason: message.reason }));
    return fields;
  }
  if (message.kind === "presence") {
    const { kind: _kind, ...facts } = message;
    fields.push("w", JSON.stringify(facts));
    return fields;
  }
  fields.push("d", message.text, "a", String(message.at));
  if (message.topics !== null) fields.push("t", message.topics.join(topicSeparator));
  if (message.except !== null) fields.push("e", message.except);
  return fields;
}

/** What the fields say; fields of a later version that are not known are passed over. */
export function parseRedisEntry(fields: readonly string[]): RedisEntry {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2) values.set(fields[index] ?? "", fields[index + 1] ?? "");
  const publisher = values.get("p") ?? "";
  return { publisher, count: Number(values.get("n") ?? 0), message: parseMessage(values) };
}

function parseMessage(values: ReadonlyMap<string, string>): BackplaneMessage | null {
  const control = values.get("c");
  if (control !== undefined) {
    // Written by formatRedisEntry above; Redis is ours, not the client's.
    return { kind: "control", ...(JSON.parse(control) as Omit<ControlMessage, "kind">) };
  }
  const presence = values.get("w");
  if (presence !== undefined) {
    // The same.
    return { kind: "presence", ...(JSON.parse(presence) as Omit<PresenceMessage, "kind">) };
  }
  const text = values.get("d");
  if (text === undefined) return null;
  const topics = values.get("t")?.split(topicSeparator) ?? null;
  return { kind: "broadcast", text, topics, except: values.get("e") ?? null, at: Number(values.get("a") ?? 0) };
}

import type { BackplaneMessage, ControlMessage, ListenersMessage, NodeMessage, PresenceMessage } from "./backplane.ts";

/** A parsed entry of the Redis Stream. */
export interface RedisEntry {
  /**
   * The process that wrote it, and a running number per process: a resent command leaves the same pair twice, and a lost message leaves a
   * gap. Empty in a fence that the server wrote.
   */
  readonly publisher: string;
  readonly count: number;
  /** Null for a fence: entries before it may be missing. */
  readonly message: BackplaneMessage | null;
}

/** What makes an entry a fence. */
export const fenceFields = ["f", "1"] as const;

const topicSeparator = "\u0001";

/** The fields of an entry as XADD takes them: alternating names and values. */
export function formatRedisEntry(entry: RedisEntry): string[] {
  const { publisher, count, message } = entry;
  const fields = ["p", publisher, "n", String(count)];
  if (message === null) {
    fields.push(...fenceFields);
    return fields;
  }
  if (message.kind === "control") {
    const { kind: _kind, ...facts } = message;
    fields.push("c", JSON.stringify(facts));
    return fields;
  }
  if (message.kind === "node") {
    const { kind: _kind, ...facts } = message;
    fields.push("a", JSON.stringify(facts));
    return fields;
  }
  if (message.kind === "presence") {
    const { kind: _kind, ...facts } = message;
    fields.push("w", JSON.stringify(facts));
    return fields;
  }
  if (message.kind === "listeners") {
    fields.push("l", JSON.stringify(message.listeners));
    return fields;
  }
  if (message.kind === "change") {
    fields.push("g", JSON.stringify(message.changes));
    return fields;
  }
  fields.push("d", message.text);
  if (message.topics !== null) fields.push("t", message.topics.join(topicSeparator));
  if (message.except !== null) fields.push("e", message.except);
  if (message.key !== undefined) fields.push("k", message.key);
  return fields;
}

/** Parses the fields of an entry; unknown fields, from a later version, are ignored. */
export function parseRedisEntry(fields: readonly string[]): RedisEntry {
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2) values.set(fields[index] ?? "", fields[index + 1] ?? "");
  const publisher = values.get("p") ?? "";
  return { publisher, count: Number(values.get("n") ?? 0), message: parseMessage(values) };
}

function parseMessage(values: ReadonlyMap<string, string>): BackplaneMessage | null {
  const control = values.get("c");
  if (control !== undefined) {
    // Written by formatRedisEntry above; clients have no access to Redis.
    return { kind: "control", ...(JSON.parse(control) as Omit<ControlMessage, "kind">) };
  }
  const node = values.get("a");
  if (node !== undefined) {
    // Same here.
    return { kind: "node", ...(JSON.parse(node) as Omit<NodeMessage, "kind">) };
  }
  const presence = values.get("w");
  if (presence !== undefined) {
    // Same here.
    return { kind: "presence", ...(JSON.parse(presence) as Omit<PresenceMessage, "kind">) };
  }
  const listeners = values.get("l");
  if (listeners !== undefined) {
    return { kind: "listeners", listeners: JSON.parse(listeners) as ListenersMessage["listeners"] };
  }
  const changes = values.get("g");
  if (changes !== undefined) return { kind: "change", changes: JSON.parse(changes) as unknown };
  const text = values.get("d");
  if (text === undefined) return null;
  const topics = values.get("t")?.split(topicSeparator) ?? null;
  const key = values.get("k");
  const message = { kind: "broadcast" as const, text, topics, except: values.get("e") ?? null };
  return key === undefined ? message : { ...message, key };
}

import type { PresenceMessage, Present } from "../backplane/backplane.ts";
import type { PresenceChange } from "../broker-options.ts";

interface NodeEntry {
  seenAt: number;
  present: ReadonlyMap<string, Present>;
}

/** Who is where, node by node, as the nodes have said. Each message changes the part of the node that sent it. */
export class PresenceTable {
  readonly #nodes = new Map<string, NodeEntry>();

  /** Everybody on a topic, in order, each once. */
  members(topic: string): readonly string[] {
    const found = new Set<string>();
    for (const { present } of this.#nodes.values()) {
      for (const [where, member] of present.values()) if (where === topic) found.add(member);
    }
    return [...found].sort();
  }

  /** Of all nodes with somebody on them the one that speaks for those that have died. */
  get speaker(): string | undefined {
    return [...this.#nodes.keys()].sort()[0];
  }

  /** Takes a message and answers what it changed for the whole. */
  receive({ node, at, isWhole, here, gone }: PresenceMessage): readonly PresenceChange[] {
    const before = this.#nodes.get(node)?.present ?? new Map<string, Present>();
    const present = new Map(isWhole ? [] : before);
    for (const each of gone) present.delete(keyOf(each));
    for (const each of here) present.set(keyOf(each), each);
    if (present.size === 0) this.#nodes.delete(node);
    else this.#nodes.set(node, { seenAt: at, present });
    return [...this.#onlyIn(present, before, true), ...this.#onlyIn(before, present, false)].filter(
      ({ topic, member }) => !this.#isElsewhere(node, keyOf([topic, member])),
    );
  }

  /** Forgets the nodes that were last heard before that time, and answers who has left with them. */
  expire(before: number): readonly PresenceChange[] {
    const silent = [...this.#nodes].filter(([, { seenAt }]) => seenAt < before);
    return silent.flatMap(([node]) =>
      this.receive({ kind: "presence", node, at: before, isWhole: true, here: [], gone: [] }),
    );
  }

  #onlyIn(
    some: ReadonlyMap<string, Present>,
    others: ReadonlyMap<string, Present>,
    isHere: boolean,
  ): readonly PresenceChange[] {
    return [...some].flatMap(([key, [topic, member]]) => (others.has(key) ? [] : [{ topic, member, isHere }]));
  }

  #isElsewhere(node: string, key: string): boolean {
    return [...this.#nodes].some(([name, { present }]) => name !== node && present.has(key));
  }
}

/** Topics hold no control characters, so that the first one ends the topic. */
function keyOf([topic, member]: Present): string {
  return `${topic}\u0001${member}`;
}

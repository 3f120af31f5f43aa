import type { PresenceMessage, Present } from "../backplane/backplane.ts";
import type { PresenceChange } from "../broker-options.ts";

interface NodeEntry {
  seenAt: number;
  present: ReadonlyMap<string, Present>;
}

/** Who listens where, as reported by each node. A message only changes the entry of the node that sent it. */
export class PresenceTable {
  readonly #nodes = new Map<string, NodeEntry>();

  /** The members of a topic, sorted and without duplicates. */
  members(topic: string): readonly string[] {
    const found = new Set<string>();
    for (const { present } of this.#nodes.values()) {
      for (const [where, member] of present.values()) if (where === topic) found.add(member);
    }
    return [...found].sort();
  }

  /** The node that announces who left with a dead node: the first by name among those that have members. */
  get leader(): string | undefined {
    return [...this.#nodes.keys()].sort()[0];
  }

  /** Applies a message of a time, by this process's clock, and returns what it changed across all nodes. */
  receive({ node, isWhole, here, gone }: PresenceMessage, at: number): readonly PresenceChange[] {
    const before = this.#nodes.get(node)?.present ?? new Map<string, Present>();
    const present = new Map(isWhole ? [] : before);
    for (const each of gone) present.delete(presentKey(each));
    for (const each of here) present.set(presentKey(each), each);
    if (present.size === 0) this.#nodes.delete(node);
    else this.#nodes.set(node, { seenAt: at, present });
    return [...this.#onlyIn(present, before, true), ...this.#onlyIn(before, present, false)].filter(
      ({ topic, member }) => !this.#isElsewhere(node, presentKey([topic, member])),
    );
  }

  /** Counts all nodes as heard from at this time. */
  refresh(at: number): void {
    for (const entry of this.#nodes.values()) entry.seenAt = at;
  }

  /** Removes nodes that have not been heard from since the given time, and returns who left with them. */
  expire(before: number): readonly PresenceChange[] {
    const silent = [...this.#nodes].filter(([, { seenAt }]) => seenAt < before);
    return silent.flatMap(([node]) =>
      this.receive({ kind: "presence", node, isWhole: true, here: [], gone: [] }, before),
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

/** Topics hold no control characters, so the first one ends the topic. */
export function presentKey([topic, member]: Present): string {
  return `${topic}\u0001${member}`;
}

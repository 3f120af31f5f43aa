import type { PresenceMessage, Present } from "../backplane/backplane.ts";
import type { PresenceChange } from "../broker-options.ts";

/** Who listens where, as reported by each node. A message only changes the entry of the node that sent it. */
export class PresenceTable {
  readonly #nodes = new Map<string, ReadonlyMap<string, Present>>();

  /** The members of a topic, sorted and without duplicates. */
  members(topic: string): readonly string[] {
    const found = new Set<string>();
    for (const present of this.#nodes.values()) {
      for (const [where, member] of present.values()) if (where === topic) found.add(member);
    }
    return [...found].sort();
  }

  /** The node that announces who left with a dead node: the first by name among those that have members. */
  get leader(): string | undefined {
    return [...this.#nodes.keys()].sort()[0];
  }

  /** Applies a message, and returns what it changed across all nodes. */
  receive({ node, isWhole, here, gone }: Omit<PresenceMessage, "kind">): readonly PresenceChange[] {
    const before = this.#nodes.get(node) ?? new Map<string, Present>();
    const present = new Map(isWhole ? [] : before);
    for (const each of gone) present.delete(presentKey(each));
    for (const each of here) present.set(presentKey(each), each);
    if (present.size === 0) this.#nodes.delete(node);
    else this.#nodes.set(node, present);
    return [...this.#onlyIn(present, before, true), ...this.#onlyIn(before, present, false)].filter(
      ({ topic, member }) => !this.#isElsewhere(node, presentKey([topic, member])),
    );
  }

  /** Removes a node, and returns who left with it. */
  remove(node: string): readonly PresenceChange[] {
    return this.receive({ node, isWhole: true, here: [], gone: [] });
  }

  #onlyIn(
    some: ReadonlyMap<string, Present>,
    others: ReadonlyMap<string, Present>,
    isHere: boolean,
  ): readonly PresenceChange[] {
    return [...some].flatMap(([key, [topic, member]]) => (others.has(key) ? [] : [{ topic, member, isHere }]));
  }

  #isElsewhere(node: string, key: string): boolean {
    return [...this.#nodes].some(([name, present]) => name !== node && present.has(key));
  }
}

/** Topics hold no control characters, so the first one ends the topic. */
export function presentKey([topic, member]: Present): string {
  return `${topic}\u0001${member}`;
}

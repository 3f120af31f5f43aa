import type { PresenceMessage, Present } from "../backplane/backplane.ts";
import type { BrokerSettings, PresenceChange, PresenceOptions } from "../broker-options.ts";
import type { SubscriberFacts } from "../delivery/subscribers.ts";
import { formatPresence } from "../event/protocol-events.ts";
import { PresenceTable, presentKey } from "./presence-table.ts";

/** The part of the broker's settings that presence uses. Each node repeats its full list once per heartbeat. */
type PresenceSettings = Pick<BrokerSettings, "clock" | "log" | "heartbeatMs" | "backplane">;

/** Who listens to the watched topics: counts this node's streams, reports them to the other nodes, and keeps what they report. */
export class Presence {
  readonly #node: string;
  readonly #options: Required<PresenceOptions>;
  readonly #settings: PresenceSettings;
  readonly #table = new PresenceTable();
  /** This node's streams by topic and member; members without a stream are away since a time. */
  readonly #streams = new Map<string, { readonly present: Present; count: number; awaySince: number }>();
  readonly #timer: NodeJS.Timeout;
  #nextBeat = 0;

  /** `node` is this node's name in its reports. */
  constructor(node: string, options: Required<PresenceOptions>, settings: PresenceSettings) {
    this.#node = node;
    this.#options = options;
    this.#settings = settings;
    const tickMs = Math.max(50, Math.min(options.graceMs, settings.heartbeatMs) / 3);
    this.#timer = setInterval(() => this.tick(), tickMs).unref();
  }

  watches(topic: string): boolean {
    return this.#options.watches(topic);
  }

  members(topic: string): readonly string[] {
    return this.#table.members(topic);
  }

  enter(facts: SubscriberFacts): void {
    for (const present of this.#watched(facts)) {
      const key = presentKey(present);
      const known = this.#streams.get(key);
      if (known) known.count += 1;
      else this.#streams.set(key, { present, count: 1, awaySince: 0 });
      if (known === undefined) this.#report({ here: [present] });
    }
  }

  leave(facts: SubscriberFacts): void {
    for (const present of this.#watched(facts)) {
      const known = this.#streams.get(presentKey(present));
      if (known === undefined) continue;
      known.count -= 1;
      known.awaySince = this.#settings.clock.now();
    }
  }

  /** Takes what a node reports, this one included. Only the reporting node announces the change, so it is announced once. */
  receive(message: PresenceMessage): void {
    const changes = this.#table.receive(message);
    if (message.node === this.#node) this.#announceAll(changes);
  }

  /** Removes who was on nodes that have died. */
  bury(nodes: readonly string[]): void {
    const changes = nodes.flatMap((node) => this.#table.remove(node));
    if (this.#table.leader === this.#node) this.#announceAll(changes);
  }

  /** Reports members that have been away too long, and repeats the full list when it is due. */
  tick(): void {
    const { clock, heartbeatMs } = this.#settings;
    const now = clock.now();
    const gone = [...this.#streams].filter(
      ([, { count, awaySince }]) => count === 0 && awaySince <= now - this.#options.graceMs,
    );
    for (const [key] of gone) this.#streams.delete(key);
    if (gone.length > 0) this.#report({ gone: gone.map(([, { present }]) => present) });
    if (now >= this.#nextBeat && this.#streams.size > 0) {
      this.#nextBeat = now + heartbeatMs;
      this.#report({ here: [...this.#streams.values()].map(({ present }) => present), isWhole: true });
    }
  }

  /** Tells the other nodes right away that nobody is left here. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#streams.size > 0) this.#report({ isWhole: true });
    this.#streams.clear();
  }

  #watched(facts: SubscriberFacts): Present[] {
    const member = facts.userId ?? `connection:${facts.id}`;
    return facts.topics.filter((topic) => this.watches(topic)).map((topic) => [topic, member]);
  }

  #report(facts: Partial<Pick<PresenceMessage, "here" | "gone" | "isWhole">>): void {
    const { backplane, log } = this.#settings;
    const message = { kind: "presence", node: this.#node, here: [], gone: [], isWhole: false, ...facts } as const;
    backplane.publish(message).catch((error: unknown) => {
      // The next heartbeat repeats the full list.
      log.warn({ err: error }, "presence could not be reported to the other nodes");
    });
  }

  #announceAll(changes: readonly PresenceChange[]): void {
    for (const change of changes) void this.#announce(change);
  }

  /** Not within the call that delivered the message: this broadcast must not overtake it on the way to other nodes. */
  async #announce(change: PresenceChange): Promise<void> {
    await Promise.resolve();
    const { backplane, log } = this.#settings;
    const text = formatPresence(change);
    try {
      await backplane.publish({ kind: "broadcast", topics: [change.topic], except: null, text });
      await this.#options.onChange(change);
    } catch (error) {
      log.error({ err: error }, "a change of presence could not be announced");
    }
  }
}

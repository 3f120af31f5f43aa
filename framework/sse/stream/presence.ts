import { type Clock, type Logger, randomToken, silentLogger, systemClock } from "../../base/index.ts";
import type { Backplane, PresenceMessage, Present } from "../backplane/backplane.ts";
import type { BrokerOptions, PresenceChange, PresenceOptions } from "../broker-options.ts";
import { standardHeartbeatMs } from "../delivery/heartbeat.ts";
import type { SubscriberFacts } from "../delivery/subscriber.ts";
import { serialiseEvent } from "../event/event.ts";
import { PresenceTable } from "./presence-table.ts";

interface PresenceParts {
  readonly options: PresenceOptions;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often this node says who is on it; a node that has not for three times as long is taken for dead. */
  readonly beatMs: number;
  readonly backplane: Backplane;
}

const beatsUntilDead = 3;

/** Who is on the watched topics: counts the streams of this node, tells the other nodes, and keeps what they tell. */
export class Presence {
  readonly node = randomToken(9);
  readonly #parts: PresenceParts;
  readonly #table = new PresenceTable();
  /** Streams of this node by topic and member; those without a stream any more are away since a time. */
  readonly #streams = new Map<string, { readonly present: Present; count: number; awaySince: number }>();
  readonly #timer: NodeJS.Timeout;
  readonly #graceMs: number;
  #nextBeat = 0;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    this.#graceMs = parts.options.graceMs ?? 3000;
    const tickMs = Math.max(50, Math.min(this.#graceMs, parts.beatMs) / 3);
    this.#timer = setInterval(() => this.tick(), tickMs).unref();
  }

  watches(topic: string): boolean {
    return this.#parts.options.watches(topic);
  }

  members(topic: string): readonly string[] {
    return this.#table.members(topic);
  }

  enter(facts: SubscriberFacts): void {
    for (const present of this.#watched(facts)) {
      const key = present.join("\u0001");
      const known = this.#streams.get(key);
      if (known) known.count += 1;
      else this.#streams.set(key, { present, count: 1, awaySince: 0 });
      if (known === undefined) this.#say({ here: [present] });
    }
  }

  leave(facts: SubscriberFacts): void {
    for (const present of this.#watched(facts)) {
      const known = this.#streams.get(present.join("\u0001"));
      if (known === undefined) continue;
      known.count -= 1;
      known.awaySince = this.#parts.clock.now();
    }
  }

  /** What a node has said, this one included. Whoever said it makes it known, so that it is made known once. */
  receive(message: PresenceMessage): void {
    const changes = this.#table.receive(message);
    if (message.node === this.node) this.#makeKnown(changes);
  }

  /** Says who has been away too long, says who is here when it is time, and forgets the nodes that no longer do. */
  tick(): void {
    const now = this.#parts.clock.now();
    const gone = [...this.#streams].filter(
      ([, { count, awaySince }]) => count === 0 && awaySince <= now - this.#graceMs,
    );
    for (const [key] of gone) this.#streams.delete(key);
    if (gone.length > 0) this.#say({ gone: gone.map(([, { present }]) => present) });
    if (now >= this.#nextBeat && this.#streams.size > 0) {
      this.#nextBeat = now + this.#parts.beatMs;
      this.#say({ here: [...this.#streams.values()].map(({ present }) => present), isWhole: true });
    }
    const changes = this.#table.expire(now - this.#parts.beatMs * beatsUntilDead);
    if (this.#table.speaker === this.node) this.#makeKnown(changes);
  }

  /** The others learn at once that nobody is left here. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#streams.size > 0) this.#say({ isWhole: true });
    this.#streams.clear();
  }

  #watched(facts: SubscriberFacts): Present[] {
    const member = facts.userId ?? `connection:${facts.id}`;
    return facts.topics.filter((topic) => this.watches(topic)).map((topic) => [topic, member]);
  }

  #say(facts: Partial<Pick<PresenceMessage, "here" | "gone" | "isWhole">>): void {
    const at = this.#parts.clock.now();
    const message = { kind: "presence", node: this.node, at, here: [], gone: [], isWhole: false, ...facts } as const;
    this.#parts.backplane.publish(message).catch((error: unknown) => {
      // The next beat says it all again.
      this.#parts.log.warn({ err: error }, "the other nodes were not told who is here");
    });
  }

  #makeKnown(changes: readonly PresenceChange[]): void {
    for (const change of changes) void this.#tell(change);
  }

  /** Not within the call that brought the message: a broadcast of its own must not overtake it on the way to other nodes. */
  async #tell(change: PresenceChange): Promise<void> {
    await Promise.resolve();
    const { backplane, clock, options, log } = this.#parts;
    const text = serialiseEvent({ event: "bk:presence", data: JSON.stringify(change) });
    try {
      await backplane.publish({ kind: "broadcast", topics: [change.topic], except: null, text, at: clock.now() });
      await options.onChange?.(change);
    } catch (error) {
      log.error({ err: error }, "a change of presence was not made known");
    }
  }
}

/** What the options of a broker ask for; null when they ask for nothing. */
export function createPresence(options: BrokerOptions, backplane: Backplane): Presence | null {
  const { presence, clock = systemClock, log = silentLogger, heartbeatMs: beatMs = standardHeartbeatMs } = options;
  return presence === undefined ? null : new Presence({ options: presence, clock, log, beatMs, backplane });
}

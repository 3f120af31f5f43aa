import type { NodeMessage, PresenceMessage } from "../backplane/backplane.ts";
import type { BrokerSettings } from "../broker-options.ts";
import type { SubscriberFacts } from "../delivery/subscribers.ts";
import { presenceUnwatched } from "../errors.ts";
import { NodeWatch } from "./node-watch.ts";
import { Presence } from "./presence.ts";

/** What the nodes of an app know of each other: which of them are alive, and who listens where. */
export class KnownNodes {
  readonly #settings: BrokerSettings;
  readonly #watch: NodeWatch;
  readonly #presence: Presence | null;

  constructor(settings: BrokerSettings) {
    const { presence } = settings;
    this.#settings = settings;
    this.#watch = new NodeWatch(settings, (dead) => this.#bury(dead));
    this.#presence = presence && new Presence(this.node, presence, settings);
  }

  /** The name of this node, unique for each start of a process. */
  get node(): string {
    return this.#watch.node;
  }

  /** To be called once messages reach the others. */
  join(): void {
    this.#watch.start();
  }

  receive(message: NodeMessage | PresenceMessage, ageMs: number): void {
    if (message.kind === "node") this.#watch.receive(message, ageMs);
    else {
      this.#watch.hear(message.node, ageMs);
      this.#presence?.receive(message);
    }
  }

  enter(facts: SubscriberFacts): void {
    this.#presence?.enter(facts);
  }

  leave(facts: SubscriberFacts): void {
    this.#presence?.leave(facts);
  }

  /** Throws `SSE_PRESENCE_UNWATCHED`. */
  members(topic: string): readonly string[] {
    if (!this.#presence?.watches(topic)) throw presenceUnwatched({ topic });
    return this.#presence.members(topic);
  }

  close(): void {
    this.#presence?.close();
    this.#watch.close();
  }

  /** Nobody else tells what these nodes had still to tell. */
  #bury(dead: readonly string[]): void {
    this.#settings.log.info(
      { nodes: dead.length },
      "other nodes of the app ended without a goodbye, or can't be heard",
    );
    this.#presence?.bury(dead);
    this.#settings.regions?.onNodeDeath();
  }
}

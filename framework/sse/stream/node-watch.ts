import { randomToken } from "../../base/index.ts";
import type { NodeMessage } from "../backplane/backplane.ts";
import type { BrokerSettings } from "../broker-options.ts";

type WatchSettings = Pick<BrokerSettings, "clock" | "log" | "heartbeatMs" | "backplane" | "isAlone">;

/** How often nodes say in a heartbeat that they are alive, and after how many of these times of silence they aren't. */
const beats = 5;
const missedBeats = 4;
/** How often in a beat the others are looked after, so that a dead one is noticed within a heartbeat. */
const ticks = 4;
const shortestTickMs = 20;

/**
 * Knows which nodes of the app are alive: each says so several times in a heartbeat, and says goodbye when it stops. One that is silent for
 * long has died, and whatever it had still to tell is lost. Nodes are judged by when they were heard here, never by what their clocks say.
 */
export class NodeWatch {
  /** Unique for each start of a process. */
  readonly node = randomToken(9);
  readonly #settings: WatchSettings;
  readonly #onDeath: (nodes: readonly string[]) => void;
  readonly #heardAt = new Map<string, number>();
  readonly #tickMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #nextBeat = 0;
  #tickedAt: number;

  constructor(settings: WatchSettings, onDeath: (nodes: readonly string[]) => void) {
    this.#settings = settings;
    this.#onDeath = onDeath;
    this.#tickedAt = settings.clock.now();
    this.#tickMs = Math.max(shortestTickMs, settings.heartbeatMs / beats / ticks);
  }

  /** Tells the others of this node, who notice its death from then on. */
  start(): void {
    if (this.#settings.isAlone || this.#isClosed) return;
    this.#timer = setInterval(() => this.tick(), this.#tickMs).unref();
    this.#nextBeat = this.#settings.clock.now() + this.#settings.heartbeatMs / beats;
    void this.#say(false);
  }

  receive({ node, isLeaving }: NodeMessage, ageMs = 0): void {
    if (isLeaving) this.#heardAt.delete(node);
    else this.hear(node, ageMs);
  }

  /** A node has said something. */
  hear(node: string, ageMs = 0): void {
    if (node !== this.node) this.#heardAt.set(node, this.#settings.clock.now() - ageMs);
  }

  /** Says that this node is alive when that is due, and looks after the others. */
  tick(): void {
    const { clock, heartbeatMs } = this.#settings;
    const now = clock.now();
    if (now >= this.#nextBeat) {
      this.#nextBeat = now + heartbeatMs / beats;
      void this.#say(false);
    }
    if (this.#couldHear(now)) this.#bury(now - (heartbeatMs * missedBeats) / beats);
    else for (const node of this.#heardAt.keys()) this.#heardAt.set(node, now);
  }

  /** Says goodbye. To be called when nothing more is told. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    void this.#say(true);
  }

  /** Not without the backplane, and not while this process was held up: what was said meanwhile is still to be read. */
  #couldHear(now: number): boolean {
    const { backplane, heartbeatMs } = this.#settings;
    const sinceMs = now - this.#tickedAt;
    this.#tickedAt = now;
    return backplane.state === "up" && sinceMs <= this.#tickMs + heartbeatMs / beats;
  }

  #bury(before: number): void {
    const dead = [...this.#heardAt].filter(([, heardAt]) => heardAt < before).map(([node]) => node);
    for (const node of dead) this.#heardAt.delete(node);
    if (dead.length > 0) this.#onDeath(dead);
  }

  async #say(isLeaving: boolean): Promise<void> {
    const { backplane, log } = this.#settings;
    try {
      await backplane.publish({ kind: "node", node: this.node, isLeaving });
    } catch (error) {
      // The next beat says it again; without a goodbye, the others think that it has died, and only do too much.
      log.debug({ err: error }, "the other nodes could not be told that this one is alive");
    }
  }
}

import type { SSEWriter } from "buffkit";

export interface RoomMessage {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

const historyLength = 10;

/** A room in memory: who is in it, the last ten messages, and a stream for each member. */
export class Room {
  readonly #members = new Map<SSEWriter, string>();
  readonly #heartbeat: NodeJS.Timeout;
  #history: readonly RoomMessage[] = [];
  // From the clock on, so that the numbers grow across restarts and a reconnecting page is told all that is new.
  #lastId = Date.now();

  constructor(heartbeatMs: number) {
    this.#heartbeat = setInterval(() => this.#tell("heartbeat", { at: now(), members: this.members }), heartbeatMs);
  }

  /** The names of those present, each once, in alphabetical order. */
  get members(): string[] {
    return [...new Set(this.#members.values())].sort((left, right) => left.localeCompare(right));
  }

  /** Lets somebody in: a welcome, what was said before, and word to the others. They leave when their stream ends. */
  enter(writer: SSEWriter, name: string, seenId = 0): void {
    const isNew = !this.members.includes(name);
    this.#members.set(writer, name);
    writer.signal.addEventListener("abort", () => this.#leave(writer, name), { once: true });
    writer.sendJson("welcome", { name, members: this.members });
    const history = this.#history.filter(({ id }) => id > seenId);
    writer.sendEvent({ id: String(this.#lastId), event: "history", data: JSON.stringify(history) });
    if (isNew) this.#tell("join", { name, members: this.members }, writer);
  }

  say(name: string, text: string): RoomMessage {
    this.#lastId += 1;
    const message = { id: this.#lastId, name, text, at: now() };
    this.#history = [...this.#history, message].slice(-historyLength);
    for (const writer of this.#members.keys()) {
      this.#orLeave(writer, writer.sendEvent({ id: String(message.id), event: "said", data: JSON.stringify(message) }));
    }
    return message;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const writer of this.#members.keys()) writer.close();
  }

  #leave(writer: SSEWriter, name: string): void {
    this.#members.delete(writer);
    // Somebody may be here in a second page.
    if (!this.members.includes(name)) this.#tell("leave", { name, members: this.members });
  }

  #tell(event: string, value: unknown, except?: SSEWriter): void {
    for (const writer of this.#members.keys()) {
      if (writer !== except) this.#orLeave(writer, writer.sendJson(event, value));
    }
  }

  /** Who reads too slowly would miss a message; better to come back and read the history. */
  #orLeave(writer: SSEWriter, status: ReturnType<SSEWriter["sendEvent"]>): void {
    if (status === "full") writer.close();
  }
}

function now(): string {
  return new Date().toISOString();
}

import { expect, type Page } from "@playwright/test";
import type { SSEEvent } from "buffkit";
import { everybody } from "buffkit";
import type { Scene } from "../scene.ts";
import { Slot } from "../slot.ts";
import { ByteStreamServer } from "./byte-stream-server.ts";
import { expectedOf, randomEvents, type SeenEvent, splitAtRandom } from "./random-events.ts";
import { lastType, readWithEventSource, readWithHtmx } from "./stream-readers.ts";

interface Sending {
  readonly events: readonly SSEEvent[];
  readonly url: string;
  /** Whether the sender assigns the ids, as a broker does. */
  readonly hasOwnIds: boolean;
}

/** Random events, and how clients read them. */
export class WireFormatScene {
  readonly #scene: Scene;
  readonly #page: Page;
  readonly #sending = new Slot<Sending>("random events");
  readonly #seen = new Slot<readonly SeenEvent[]>("a reading");

  constructor(scene: Scene, page: Page) {
    this.#scene = scene;
    this.#page = page;
  }

  /** Serves random events, split at random; `length` stretches each to this many characters. */
  async serve(count: number, seed: number, length?: number): Promise<void> {
    const events = randomEvents(count, seed, length);
    const server = await ByteStreamServer.start(splitAtRandom(events, seed));
    this.#scene.atEnd(() => server.stop());
    this.#sending.value = { events, url: server.url, hasOwnIds: false };
  }

  prepareBroadcasts(count: number, seed: number): void {
    // The broker assigns the ids and names every event.
    const events = randomEvents(count, seed).map(
      ({ event = "message", data }): SSEEvent => ({ event, data: data ?? "" }),
    );
    this.#sending.value = { events, url: this.#scene.app.url, hasOwnIds: true };
  }

  async readWithEventSource(): Promise<void> {
    await this.#page.goto(this.#sending.value.url);
    this.#seen.value = await (await readWithEventSource(this.#page, "/stream", this.#types)).events();
  }

  async readWithHtmx(): Promise<void> {
    await this.#page.goto(`${this.#sending.value.url}/htmx`);
    this.#seen.value = await (await readWithHtmx(this.#page)).events();
  }

  async broadcastAndRead(): Promise<void> {
    const { events, url } = this.#sending.value;
    await this.#page.goto(`${url}/login`);
    const reading = await readWithEventSource(this.#page, "/events", this.#types);
    const { broker } = this.#scene.app.kit;
    for (const { event = "message", data = "" } of events) await broker.broadcast(event, data, { to: everybody });
    await broker.broadcast(lastType, "", { to: everybody });
    this.#seen.value = await reading.events();
  }

  expectAllUnchanged(): void {
    const { events, hasOwnIds } = this.#sending.value;
    const seen = this.#seen.value;
    const comparable = ({ type, data, id }: SeenEvent) => (hasOwnIds ? { type, data } : { type, data, id });
    expect(seen.length).toBe(events.length);
    expect(seen.map(comparable)).toEqual(expectedOf(events).map(comparable));
  }

  get #types(): readonly string[] {
    return [...new Set(expectedOf(this.#sending.value.events).map(({ type }) => type))];
  }
}

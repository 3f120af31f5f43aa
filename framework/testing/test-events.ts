import { type ReceivedEvent, readEvents } from "../sse/index.ts";
import { eventMissing, streamEnded, streamRefused } from "./errors.ts";

export interface ListenOptions {
  /** How long `next` waits. Default: 2,000. */
  readonly timeoutMs?: number;
}

/** An event as a page gets it: named `message` if it is a fragment of HTML, an `<hx-partial>` with its target. */
export interface TestEvent extends ReceivedEvent {
  /** The data as JSON. */
  json(): unknown;
}

export interface NextOptions extends ListenOptions {
  /** Waits for an event with this name, and skips others. Default: any except the framework's own, whose names start with `bk:`. */
  readonly name?: string;
}

/** The events of a live stream, in the order in which they arrive. It ends with the test kit. */
export interface TestEvents {
  /** The stream's id, for the header `X-Connection-Id`: what a request with it broadcasts isn't sent to this stream. */
  readonly connectionId: string;
  readonly isOpen: boolean;
  /** The next event that hasn't been returned yet. Throws `TESTING_EVENT_MISSING` if none arrives in time, and `TESTING_STREAM_ENDED`. */
  next(options?: NextOptions): Promise<TestEvent>;
  /** Disconnects, as if the page were closed. */
  close(): Promise<void>;
}

export interface OpenEventsOptions extends ListenOptions {
  readonly path: string;
  readonly response: Response;
}

/** Reads a response as a stream of events. Resolves once the broker has greeted it. */
export async function openEvents({ path, response, timeoutMs = 2_000 }: OpenEventsOptions): Promise<TestEvents> {
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream");
  if (!response.ok || !isStream || !response.body) {
    throw streamRefused({ path, status: response.status, text: await response.text() });
  }
  const stream = new EventStream(response.body, timeoutMs);
  await stream.greeted();
  return stream;
}

class EventStream implements TestEvents {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #timeoutMs: number;
  readonly #waiting: TestEvent[] = [];
  #wake: () => void = () => {};
  #end: string | undefined;
  connectionId = "";

  constructor(body: ReadableStream<Uint8Array>, timeoutMs: number) {
    this.#reader = body.getReader();
    this.#timeoutMs = timeoutMs;
    void this.#read();
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  async greeted(): Promise<void> {
    const hello = await this.next({ name: "bk:hello" });
    const facts = hello.json();
    if (typeof facts === "object" && facts !== null) this.connectionId = String(Reflect.get(facts, "connectionId"));
  }

  async next({ name, timeoutMs = this.#timeoutMs }: NextOptions = {}): Promise<TestEvent> {
    const deadline = performance.now() + timeoutMs;
    const skipped: string[] = [];
    for (;;) {
      const event = this.#waiting.shift();
      if (event && (name === undefined ? !event.name.startsWith("bk:") : event.name === name)) return event;
      if (event) skipped.push(event.name);
      else if (this.#end !== undefined) throw streamEnded({ reason: this.#end });
      else if (!(await this.#changed(deadline))) throw eventMissing({ name, timeoutMs, skipped });
    }
  }

  async close(): Promise<void> {
    this.#end ??= "closed by the test";
    this.#wake();
    await this.#reader.cancel();
  }

  /** False when the time is over. */
  async #changed(deadline: number): Promise<boolean> {
    return await new Promise((resolve) => {
      const patience = setTimeout(() => resolve(false), Math.max(0, deadline - performance.now()));
      this.#wake = () => {
        clearTimeout(patience);
        resolve(true);
      };
    });
  }

  async #read(): Promise<void> {
    try {
      for await (const event of readEvents(this.#reader)) {
        if (event.name === "bk:close") this.#end ??= `bk:close: ${event.data}`;
        this.#waiting.push({ ...event, json: () => JSON.parse(event.data) });
        this.#wake();
      }
    } catch (error) {
      this.#end ??= String(error);
    }
    this.#end ??= "by the app";
    this.#wake();
  }
}

import { createParser, type EventSourceMessage } from "eventsource-parser";

/** The events of one stream, as a client receives them. */
export class TestStream {
  readonly events: EventSourceMessage[] = [];
  readonly comments: string[] = [];
  readonly retries: number[] = [];
  text = "";
  isEnded = false;
  readonly #stop: () => void;
  readonly #done: Promise<void>;
  #wake: () => void = () => {};

  constructor(body: AsyncIterable<Uint8Array>, stop: () => void) {
    this.#stop = stop;
    this.#done = this.#read(body);
  }

  /** Resolves when the condition holds. It has no timeout of its own: the test's applies. */
  async until(holds: (stream: TestStream) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.isEnded) throw new Error(`the stream ended first: ${this.text.slice(-300)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Waits for the first event of this type. */
  async event(type: string): Promise<EventSourceMessage> {
    await this.until((stream) => stream.events.some(({ event }) => event === type));
    const found = this.events.find(({ event }) => event === type);
    if (found === undefined) throw new Error("unreachable: the event was just found");
    return found;
  }

  /** The data of all events of this type so far. */
  data(type: string): string[] {
    return this.events.filter(({ event }) => event === type).map(({ data }) => data);
  }

  async ended(): Promise<void> {
    await this.#done;
  }

  /** Disconnects the client. */
  async leave(): Promise<void> {
    this.#stop();
    await this.#done;
  }

  async #read(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: (event) => this.events.push(event),
      onComment: (comment) => this.comments.push(comment),
      onRetry: (retry) => this.retries.push(retry),
    });
    try {
      for await (const bytes of body) {
        const text = decoder.decode(bytes, { stream: true });
        this.text += text;
        parser.feed(text);
        this.#wake();
      }
    } catch {
      // Disconnecting throws here. Either way, the stream has ended.
    }
    this.isEnded = true;
    this.#wake();
  }
}

/** Opens a stream over a real socket and waits for the response headers. */
export async function openStream(
  url: string,
  headers: Record<string, string> = {},
): Promise<TestStream & { response: Response }> {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const stream = new TestStream(response.body ?? emptyBody(), () => abort.abort());
  return Object.assign(stream, { response });
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

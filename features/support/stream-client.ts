import { createParser, type EventSourceMessage } from "eventsource-parser";

/** A client of an event stream, without a browser. */
export class StreamClient {
  readonly status: number;
  readonly headers: Headers;
  /** All events so far, in order. */
  readonly events: EventSourceMessage[] = [];
  /** All comments so far. */
  readonly comments: string[] = [];
  readonly #abort: AbortController;
  readonly #waiting = new Set<() => void>();
  #ended = false;

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status;
    this.headers = response.headers;
    this.#abort = abort;
    void this.#read(response);
  }

  static async connect(url: string, headers: Record<string, string> = {}): Promise<StreamClient> {
    const abort = new AbortController();
    const response = await fetch(url, { headers: { Accept: "text/event-stream", ...headers }, signal: abort.signal });
    return new StreamClient(response, abort);
  }

  /** Waits for an event of this type that fits, and returns the oldest one. */
  async event(
    type: string | undefined,
    fits: (message: EventSourceMessage) => boolean = () => true,
  ): Promise<EventSourceMessage> {
    return await this.#until(
      () => this.events.find((event) => event.event === type && fits(event)),
      `the event ${type}`,
    );
  }

  /** Waits until this many events fit. */
  async count(times: number, fits: (message: EventSourceMessage) => boolean): Promise<void> {
    await this.#until(() => (this.events.filter(fits).length >= times ? true : undefined), `${times} events`);
  }

  /** Waits until the server ends the stream. */
  async end(): Promise<void> {
    await this.#until(() => (this.#ended ? true : undefined), "the end of the stream");
  }

  leave(): void {
    this.#abort.abort();
  }

  async #until<T>(look: () => T | undefined, what: string): Promise<T> {
    return await new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        this.#waiting.delete(check);
        reject(
          new Error(`Timed out after 10 s waiting for ${what}. Last events: ${JSON.stringify(this.events.slice(-5))}`),
        );
      }, 10_000);
      const check = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(patience);
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  async #read(response: Response): Promise<void> {
    const parser = createParser({
      onEvent: (event) => void this.events.push(event),
      onComment: (comment) => void this.comments.push(comment),
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        parser.feed(decoder.decode(chunk, { stream: true }));
        for (const check of [...this.#waiting]) check();
      }
    } catch {
      // Leaving, or a crash of the server, ends the stream; the events so far remain.
    }
    this.#ended = true;
    for (const check of [...this.#waiting]) check();
  }
}

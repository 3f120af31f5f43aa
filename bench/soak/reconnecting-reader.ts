import { Visitor } from "./visitor.ts";

/** A reader that reconnects whenever its stream ends, as a page does, and resumes after the last event it has read, until `close`. */
export class ReconnectingReader {
  readonly #port: number;
  #visitor: Visitor;
  #before = 0;
  #isClosed = false;
  /** How often it has reconnected. */
  returns = 0;

  private constructor(port: number, visitor: Visitor) {
    this.#port = port;
    this.#visitor = visitor;
  }

  static async open(port: number): Promise<ReconnectingReader> {
    const reader = new ReconnectingReader(port, await Visitor.open(port));
    void reader.#stay();
    return reader;
  }

  /** Stamped events so far, over all its streams. */
  get events(): number {
    return this.#before + this.#visitor.events;
  }

  close(): void {
    this.#isClosed = true;
    this.#visitor.close();
  }

  async #stay(): Promise<void> {
    for (;;) {
      await this.#visitor.gone();
      if (this.#isClosed) return;
      const { events, lastId } = this.#visitor;
      const next = await Visitor.open(this.#port, lastId);
      this.#before += events;
      this.#visitor = next;
      this.returns += 1;
      if (this.#isClosed) next.close();
    }
  }
}

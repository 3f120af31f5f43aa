import { formatBinary, type SSEEvent, serializeEvent } from "./wire-format.ts";

/** Builds an event step by step: `createEvent().event("tick").json({ n: 1 }).build()`. */
export class EventBuilder {
  readonly #fields: { -readonly [Field in keyof SSEEvent]: SSEEvent[Field] } = {};

  /** Text, split into lines on the wire. */
  data(text: string): this {
    this.#fields.data = text;
    return this;
  }

  /** A value as one line of JSON. */
  json(value: unknown): this {
    return this.data(JSON.stringify(value) ?? "null");
  }

  /** Bytes as base64. */
  binary(bytes: Uint8Array): this {
    return this.data(formatBinary(bytes));
  }

  event(name: string): this {
    this.#fields.event = name;
    return this;
  }

  id(id: string): this {
    this.#fields.id = id;
    return this;
  }

  /** In whole milliseconds. */
  retry(retryMs: number): this {
    this.#fields.retry = retryMs;
    return this;
  }

  comment(text: string): this {
    this.#fields.comment = text;
    return this;
  }

  /** The event as a value. Like `serializeEvent`, throws when a field cannot be sent. */
  build(): SSEEvent {
    serializeEvent({ ...this.#fields, data: undefined } as SSEEvent);
    return { ...this.#fields };
  }
}

/** An empty event, to be filled in by its methods. */
export function createEvent(): EventBuilder {
  return new EventBuilder();
}

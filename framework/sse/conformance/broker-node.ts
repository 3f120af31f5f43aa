import { ok } from "node:assert/strict";
import { Hono } from "hono";
import type { Backplane } from "../backplane/backplane.ts";
import type { BroadcastOptions, StreamTopic } from "../broadcast-message.ts";
import { type Broker, createBroker } from "../broker.ts";
import type { BrokerOptions } from "../broker-options.ts";
import { type ReceivedEvent, readEvents } from "../event/event-parser.ts";
import type { EventData, EventName } from "../event/named-events.ts";

const patienceMs = 10_000;

/** A node of an app: a broker on a backplane. The headers `x-user` and `x-session` say whose a stream is. */
export class BrokerNode {
  readonly broker: Broker;
  readonly #app: Hono;

  private constructor(broker: Broker) {
    this.broker = broker;
    this.#app = new Hono().get("/events", broker.handler);
  }

  static async start(backplane: Backplane, options: BrokerOptions = {}): Promise<BrokerNode> {
    const identify: BrokerOptions["identify"] = (c) => ({
      userId: c.req.header("x-user"),
      sessionId: c.req.header("x-session"),
    });
    const node = new BrokerNode(createBroker({ identify, authorizeTopic: () => true, backplane, ...options }));
    await node.broker.ready;
    return node;
  }

  /** Broadcasts an event and to a topic that apps with declared `Events` and `Topics` don't have. */
  async broadcast(
    event: string,
    data: unknown,
    { to, ...options }: Omit<BroadcastOptions, "to"> & { readonly to: string | readonly string[] },
  ): Promise<string> {
    // The broker takes any name; only the types of an app narrow them.
    const address = to as StreamTopic | readonly StreamTopic[];
    return await this.broker.broadcast(event as EventName, data as EventData<EventName>, { ...options, to: address });
  }

  /** Opens a stream that listens to the topic `room`, and waits until the broker has greeted it. */
  async open(headers: Readonly<Record<string, string>> = {}): Promise<NodeStream> {
    const response = await this.#app.request("/events?topic=room", { headers });
    ok(response.ok && response.body, `a stream was refused with ${response.status}`);
    const stream = new NodeStream(response.body);
    await stream.event("bk:hello");
    return stream;
  }
}

/** The events of one stream. What takes longer than ten seconds fails. */
export class NodeStream {
  readonly events: ReceivedEvent[] = [];
  isEnded = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #wake: () => void = () => {};

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
    void this.#read();
  }

  /** The data of all events of this name so far. */
  data(name: string): readonly string[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data);
  }

  async until(holds: () => boolean): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!holds()) {
      const leftMs = deadline - performance.now();
      ok(leftMs > 0 && !this.isEnded, `expected more events than: ${JSON.stringify(this.events.slice(-5))}`);
      await new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(patience);
          resolve();
        };
      });
    }
  }

  /** Waits for the first event of this name. */
  async event(name: string): Promise<ReceivedEvent> {
    const find = () => this.events.find((event) => event.name === name);
    await this.until(() => find() !== undefined);
    const event = find();
    ok(event);
    return event;
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }

  async #read(): Promise<void> {
    for await (const event of readEvents(this.#reader)) {
      this.events.push(event);
      this.#wake();
    }
    this.isEnded = true;
    this.#wake();
  }
}

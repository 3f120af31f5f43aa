import type { Context } from "hono";
import { type Logger, silentLogger } from "../base/index.ts";
import type { Html } from "../html/index.ts";
import type {
  Backplane,
  BackplaneMessage,
  BroadcastMessage,
  ControlMessage,
  StreamSelector,
} from "./backplane/backplane.ts";
import { MemoryBackplane } from "./backplane/memory-backplane.ts";
import { RedisBackplane } from "./backplane/redis-backplane.ts";
import type { BroadcastOptions, Broker, FragmentOptions } from "./broker.ts";
import type { BrokerOptions } from "./broker-options.ts";
import type { BrokerStats } from "./delivery/stats.ts";
import { warnAboutFragment, warnAboutNamedEvent } from "./dev-warnings.ts";
import { brokerClosed, idNotGivable } from "./errors.ts";
import { serialiseEvent } from "./event/event.ts";
import { type EventData, type EventName, formatEventData } from "./events.ts";
import { placeFragment, renderFragment } from "./fragment.ts";
import { StreamHub } from "./stream/stream-hub.ts";
import { readTopics } from "./topic.ts";

const noOptions: BroadcastOptions = {};
/** What a broadcast resolves with that waits for a commit. */
const heldId = Promise.resolve("");

/** A broker on its backplane: makes messages of what is broadcast and leaves their delivery to the hub. */
class EventBroker implements Broker {
  readonly ready: Promise<void>;
  readonly #options: BrokerOptions;
  readonly #log: Logger;
  readonly #backplane: Backplane;
  readonly #hub: StreamHub;
  #isClosed = false;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#log = options.log ?? silentLogger;
    this.#backplane = options.backplane ?? standardBackplane(options, this.#log);
    this.#hub = new StreamHub(options, this.#backplane);
    this.ready = this.#backplane.start(this.#hub);
    this.ready.catch((error: unknown) => this.#log.error({ err: error }, "the broker has no backplane"));
  }

  get cursor(): string {
    return this.#hub.cursor;
  }

  get clientCount(): number {
    return this.#hub.size;
  }

  readonly handler = async (c: Context): Promise<Response> => {
    await this.ready;
    return await this.#hub.open(c);
  };

  // Not async: promises bound how fast one stream can be, the more so where AsyncLocalStorage follows each of them.
  broadcast<Name extends EventName>(
    event: Name,
    data: EventData<Name>,
    options: BroadcastOptions = noOptions,
  ): Promise<string> {
    try {
      const text = formatEventData(data);
      if (this.#options.dev) warnAboutNamedEvent(this.#log, event, text);
      const message = this.#message(serialiseEvent({ event, retry: options.retry, data: text }), options);
      return this.#whenCommitted(() => this.#publish(message));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async broadcastHTML(fragment: Html, options: FragmentOptions = {}): Promise<string> {
    return await this.#publishMarkup(renderFragment(fragment), options);
  }

  async respondAndBroadcast(c: Context, fragment: Html, options: FragmentOptions = {}): Promise<Response> {
    const rendered = renderFragment(fragment);
    const except = options.except ?? c.req.header("x-connection-id");
    await this.#publishMarkup(rendered, { ...options, except });
    return c.html(await rendered);
  }

  presence(topic: string): readonly string[] {
    return this.#hub.presence(topic);
  }

  async disconnect(selector: StreamSelector, reason = "session-ended"): Promise<void> {
    await this.#order({ kind: "control", action: "disconnect", selector, reason });
  }

  async reauthorize(selector: StreamSelector): Promise<void> {
    await this.#order({ kind: "control", action: "reconnect", selector, reason: "" });
  }

  stats(): BrokerStats {
    return this.#hub.stats();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#hub.close();
    await this.#backplane.close();
  }

  /** Held for the commit: a stream that came back before it would be let in by the session and the rights of before, and stay. */
  #order(message: ControlMessage): Promise<string> {
    return this.#whenCommitted(() => this.#publish(message));
  }

  /** Registered before the rendering ends, so that it belongs to the transaction in which it was called. */
  async #publishMarkup(rendered: string | Promise<string>, options: FragmentOptions): Promise<string> {
    const topics = readTopics(options.to);
    return await this.#whenCommitted(async () => {
      const markup = await rendered;
      if (this.#options.dev && options.target === undefined) warnAboutFragment(this.#log, markup);
      const data = await placeFragment(markup, options);
      const text = serialiseEvent({ retry: options.retry, data });
      return await this.#publish(this.#message(text, { ...options, to: topics ?? undefined }));
    });
  }

  #message(text: string, options: BroadcastOptions): BroadcastMessage {
    // The type forbids it; not everybody compiles.
    if (options.id !== undefined) throw idNotGivable({ id: options.id });
    const at = this.#hub.now();
    return { kind: "broadcast", topics: readTopics(options.to), except: options.except ?? null, text, at };
  }

  /** Publishes at once, or holds it for the commit and resolves with an empty id. */
  #whenCommitted(publish: () => Promise<string>): Promise<string> {
    if (this.#isClosed) return Promise.reject(brokerClosed());
    const { afterCommit } = this.#options;
    if (afterCommit === undefined) return publish();
    let published: Promise<string> | undefined;
    let isHeld = false;
    isHeld = afterCommit(() => {
      const publishing = publish();
      if (isHeld) return this.#logFailure(publishing);
      published = publishing;
      return undefined;
    });
    return published ?? heldId;
  }

  /** Whoever called is long gone when what was held fails. */
  async #logFailure(publishing: Promise<string>): Promise<void> {
    try {
      await publishing;
    } catch (error) {
      this.#log.error({ err: error }, "a message that was held for the commit failed");
    }
  }

  #publish(message: BackplaneMessage): Promise<string> {
    if (this.#isClosed) return Promise.reject(brokerClosed());
    return this.#backplane.publish(message);
  }
}

/** A broker of its own; close it when done. */
export function createBroker(options: BrokerOptions = {}): Broker {
  return new EventBroker(options);
}

function standardBackplane(options: BrokerOptions, log: Logger): Backplane {
  return options.redisUrl
    ? new RedisBackplane({ url: options.redisUrl, key: options.redisKey, log })
    : new MemoryBackplane();
}

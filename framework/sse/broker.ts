import type { Context } from "hono";
import { checkSelector, hxReswap, type Markup, readHtmxRequest, replacedAddress } from "../html/index.ts";
import type { BackplaneMessage, ControlMessage, StreamSelector } from "./backplane/backplane.ts";
import {
  type Address,
  addressMessage,
  type BroadcastOptions,
  type FragmentOptions,
  formatEventData,
  parseTopics,
  placeFragment,
  renderFragment,
  warnAboutFragment,
  warnAboutNamedEvent,
} from "./broadcast-message.ts";
import { type BrokerOptions, type BrokerSettings, resolveBrokerOptions } from "./broker-options.ts";
import type { BrokerStats } from "./delivery/stats.ts";
import { brokerClosed } from "./errors.ts";
import type { EventData, EventName } from "./event/named-events.ts";
import { serializeEvent } from "./event/wire-format.ts";
import { everybody } from "./everybody.ts";
import type { OwnStreams } from "./stream/own-streams.ts";
import { formatPageCursor } from "./stream/page-cursor.ts";
import { StreamHub } from "./stream/stream-hub.ts";

/**
 * Pushes events to open pages. Inside a database transaction a broadcast waits for the commit and is dropped on rollback; its promise
 * then resolves at once with an empty id. Otherwise the promise resolves with the id once the event has its place in the order, or with an
 * empty id if it has to wait because the backplane is away; it rejects if the event was not accepted.
 */
export interface Broker {
  /** Resolves when streams can be opened; rejects when the backplane cannot be reached at startup. */
  readonly ready: Promise<void>;
  /** The current position of the log: the id of the newest broadcast. */
  readonly cursor: string;
  /**
   * The current position, for a page: `<LiveStream since={…} />`. Nothing is lost between rendering and connecting. It contains a key that
   * mustn't leave the server; what `LiveStream` writes into the page doesn't.
   */
  readonly pageCursor: string;
  /** The number of open streams. */
  readonly clientCount: number;
  /** Sends a named event. Pages get it as a DOM event, EventSource as an event of that type; it does not change the page by itself. */
  broadcast<Name extends EventName>(event: Name, data: EventData<Name>, options: BroadcastOptions): Promise<string>;
  /** Sends a rendered fragment, which htmx swaps into its `target` on every page that gets it. */
  broadcastHTML(fragment: Markup, options: FragmentOptions): Promise<string>;
  /**
   * Renders once: responds to the request, and broadcasts to everyone else who should see the change. htmx puts the response where the
   * broadcast goes, whatever the page says about its target; everything else gets the fragment alone.
   */
  respondAndBroadcast(c: Context, fragment: Markup, options: FragmentOptions): Promise<Response>;
  /**
   * Who listens to a topic, on all nodes: user ids, or `connection:<id>` for anonymous visitors, without duplicates. Throws
   * SSE_PRESENCE_UNWATCHED unless the option `presence` watches the topic.
   */
  presence(topic: string): readonly string[];
  /** Opens a stream; mounted as `app.get("/events", broker.handler)`. */
  readonly handler: (c: Context) => Promise<Response>;
  /** Ends the selected streams for good (`bk:close`): here at once, then on all nodes. Inside a transaction, on commit. */
  disconnect(selector: StreamSelector, reason?: string): Promise<void>;
  /**
   * Makes the clients of the selected streams reconnect at once and be authorized again, without missing anything; use it after
   * permissions change. Here at once, then on all nodes. Inside a transaction, on commit.
   */
  reauthorize(selector: StreamSelector): Promise<void>;
  /** Tells all nodes that something changed that live regions may show. @internal */
  publishChanges(changes: unknown): Promise<void>;
  stats(): BrokerStats;
  /** The streams that handlers start with `startSSE`; middleware of the kit puts it into the context. */
  readonly ownStreams: OwnStreams;
  /**
   * Ends the streams before the process stops, and refuses new ones. With several nodes they end one after the other, because their
   * clients find another node; on a single node all at once, when `quiet` says that nothing more is going to be broadcast. Broadcasts
   * are still sent until `close`.
   */
  drain(quiet?: Promise<unknown>): Promise<void>;
  /** Ends the streams that are left, spreading out their reconnects, and closes the backplane. */
  close(): Promise<void>;
}

/** Creates a broker; close it when done. */
export function createBroker(options: BrokerOptions = {}): Broker {
  return new EventBroker(resolveBrokerOptions(options));
}

/** What a broadcast that waits for a commit resolves with. */
const deferredId = Promise.resolve("");

/** Turns broadcasts into messages, publishes them on the backplane, and leaves their delivery to the hub. */
class EventBroker implements Broker {
  readonly ready: Promise<void>;
  readonly #settings: BrokerSettings;
  readonly #hub: StreamHub;
  readonly #warnedTopics = new Set<string>();
  #isClosed = false;

  constructor(settings: BrokerSettings) {
    this.#settings = settings;
    this.#hub = new StreamHub(settings);
    this.ready = settings.backplane.start(this.#hub).then(() => this.#hub.join());
    this.ready.catch((error: unknown) => settings.log.error({ err: error }, "the broker cannot start its backplane"));
  }

  get cursor(): string {
    return this.#hub.cursor;
  }

  get pageCursor(): string {
    return formatPageCursor(this.#hub.cursor, this.#settings.signer);
  }

  get clientCount(): number {
    return this.#hub.size;
  }

  get ownStreams(): OwnStreams {
    return this.#hub.ownStreams;
  }

  readonly handler = async (c: Context): Promise<Response> => {
    await this.ready;
    return await this.#hub.open(c);
  };

  // Not async: promises limit how fast a single stream can be, even more so when AsyncLocalStorage tracks each of them.
  broadcast<Name extends EventName>(event: Name, data: EventData<Name>, options: BroadcastOptions): Promise<string> {
    try {
      const text = formatEventData(data);
      if (this.#settings.dev) {
        warnAboutNamedEvent(this.#settings.log, event, text);
        this.#warnAboutTopics(options?.to);
      }
      const wireText = serializeEvent({ event, retry: options?.retry, data: text });
      const message = addressMessage(wireText, options);
      return this.#afterCommit(() => this.#publish(message));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async broadcastHTML(fragment: Markup, options: FragmentOptions): Promise<string> {
    return await this.#publishMarkup(renderFragment(fragment), options);
  }

  async respondAndBroadcast(c: Context, fragment: Markup, options: FragmentOptions): Promise<Response> {
    const rendered = renderFragment(fragment);
    await this.#publishMarkup(rendered, { ...options, except: options?.except ?? c });
    if (!readHtmxRequest(c).isHtmx) return c.html(await rendered);
    // Nothing is left for the target of the request itself: everything in the response has a place of its own.
    hxReswap(c, "none");
    return c.html(await placeFragment(rendered, options));
  }

  presence(topic: string): readonly string[] {
    return this.#hub.presence(topic);
  }

  // Both wait for the commit: a stream that reconnected before it would be authorized by the old session and permissions.
  async disconnect(selector: StreamSelector, reason = "session-ended"): Promise<void> {
    await this.#afterCommit(() => this.#command({ kind: "control", action: "disconnect", selector, reason }));
  }

  async reauthorize(selector: StreamSelector): Promise<void> {
    await this.#afterCommit(() => this.#command({ kind: "control", action: "reconnect", selector, reason: "" }));
  }

  async publishChanges(changes: unknown): Promise<void> {
    if (!this.#isClosed) await this.#publish({ kind: "change", changes });
  }

  stats(): BrokerStats {
    return this.#hub.stats();
  }

  async drain(quiet: Promise<unknown> = Promise.resolve()): Promise<void> {
    await this.#hub.drain(quiet);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#hub.close();
    await this.#settings.backplane.close();
  }

  /** Registered before rendering ends, so that it belongs to the transaction in which it was called. */
  async #publishMarkup(rendered: string | Promise<string>, options: FragmentOptions): Promise<string> {
    // Refused now rather than after the commit.
    parseTopics(options?.to);
    if (options.target !== undefined) checkSelector(options.target);
    if (this.#settings.dev) this.#warnAboutTopics(options.to);
    return await this.#afterCommit(async () => {
      const { dev, log } = this.#settings;
      const markup = await rendered;
      const element = replacedAddress(markup);
      if (element !== undefined)
        log.warn({ to: options.to, element }, "an address was replaced, because its scheme isn't allowed; see safeUrl");
      if (dev && options.target === undefined) warnAboutFragment(log, markup);
      const data = await placeFragment(markup, options);
      const text = serializeEvent({ retry: options.retry, data });
      return await this.#publish(addressMessage(text, options));
    });
  }

  /** Once for each topic, so that a busy one doesn't fill the log. */
  #warnAboutTopics(to: Address): void {
    if (to === everybody) return;
    for (const topic of [to].flat()) {
      if (this.#warnedTopics.has(topic)) continue;
      this.#warnedTopics.add(topic);
      const warning = this.#settings.warnAboutTopic(topic);
      if (warning !== undefined) this.#settings.log.warn({ topic }, warning);
    }
  }

  /** Runs the action at once, or defers it until the commit and resolves with an empty id. */
  #afterCommit(publish: () => Promise<string>): Promise<string> {
    if (this.#isClosed) return Promise.reject(brokerClosed());
    const { afterCommit } = this.#settings;
    if (afterCommit === null) return publish();
    let published: Promise<string> | undefined;
    let isDeferred = false;
    isDeferred = afterCommit(() => {
      const publishing = publish();
      if (isDeferred) return this.#logFailure(publishing);
      published = publishing;
      return undefined;
    });
    return published ?? deferredId;
  }

  /** By the time a deferred message fails, its caller has moved on. */
  async #logFailure(publishing: Promise<string>): Promise<void> {
    try {
      await publishing;
    } catch (error) {
      this.#settings.log.error({ err: error }, "a message deferred until the commit could not be published");
    }
  }

  /** Here at once, whatever the backplane does; on the other nodes as soon as it delivers. */
  #command(message: ControlMessage): Promise<string> {
    return this.#isClosed ? Promise.reject(brokerClosed()) : this.#publish(this.#hub.command(message));
  }

  #publish(message: BackplaneMessage): Promise<string> {
    if (this.#isClosed) return Promise.reject(brokerClosed());
    return this.#settings.backplane.publish(message);
  }
}

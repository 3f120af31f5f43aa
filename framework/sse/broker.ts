import type { Context } from "hono";
import type { Html } from "../html/index.ts";
import type { StreamSelector } from "./backplane/backplane.ts";
import type { BrokerStats } from "./delivery/stats.ts";
import type { EventData, EventName } from "./events.ts";
import type { FragmentPlace } from "./fragment.ts";

export interface BroadcastOptions {
  /**
   * The topic or topics that should get it; everybody unless given. `user:<id>`, `session:<id>` and `connection:<id>` exist by
   * themselves, any other is what clients ask for by `?topic=` and `authorizeTopic` grants.
   */
  readonly to?: string | readonly string[] | undefined;
  /** The id of a connection that should not get it, usually the one whose request caused the change. */
  readonly except?: string | undefined;
  /** Changes when its receivers reconnect after a lost stream; whole milliseconds. */
  readonly retry?: number | undefined;
  /** Not possible: the id is the place of the broadcast in the one order of all, or nobody could resume after it. */
  readonly id?: never;
}

export type FragmentOptions = BroadcastOptions & FragmentPlace;

/**
 * Pushes events into open pages. Inside a database transaction a broadcast waits for the commit and is dropped on rollback; its
 * promise then resolves at once with an empty id. Otherwise the promise resolves with the id when the event has its place
 * in the order, and rejects when it was not taken.
 */
export interface Broker {
  /** Resolves when streams can be opened; rejects when the backplane cannot be reached at the start. */
  readonly ready: Promise<void>;
  /** Where the log stands: put it into the page (`<LiveStream since=…>`), and nothing is lost between rendering and connecting. */
  readonly cursor: string;
  /** Open streams. */
  readonly clientCount: number;
  /** Sends a named event. Pages get it as a DOM event, EventSource as an event of that type; it never changes the page by itself. */
  broadcast<Name extends EventName>(event: Name, data: EventData<Name>, options?: BroadcastOptions): Promise<string>;
  /** Sends a rendered fragment, which htmx puts into its `target` in every page that should see it. */
  broadcastHTML(fragment: Html, options?: FragmentOptions): Promise<string>;
  /** Renders once: the answer to the request, and a broadcast to all others who should see it. */
  respondAndBroadcast(c: Context, fragment: Html, options?: FragmentOptions): Promise<Response>;
  /**
   * Who listens to a topic, on all nodes: ids of users, `connection:<id>` for visitors without one, each once. Throws
   * SSE_PRESENCE_UNWATCHED unless the option `presence` watches the topic.
   */
  presence(topic: string): readonly string[];
  /** Opens a stream; mounted as `app.get("/events", broker.handler)`. */
  readonly handler: (c: Context) => Promise<Response>;
  /** Tells the streams to stop (`bk:close`) and ends them, on all nodes; inside a transaction when it commits. */
  disconnect(selector: StreamSelector, reason?: string): Promise<void>;
  /**
   * Ends the streams so that their clients come back at once and are authorised anew, missing nothing; after a change of rights. Inside
   * a transaction when it commits.
   */
  reauthorize(selector: StreamSelector): Promise<void>;
  stats(): BrokerStats;
  /** Ends all streams, their reconnects spread out, and lets go of the backplane. */
  close(): Promise<void>;
}

import type { Context } from "hono";
import type { Logger } from "../base/index.ts";
import { type Markup, Partial, raw, renderHtml, type Swap, type TopicName } from "../html/index.ts";
import type { BroadcastMessage } from "./backplane/backplane.ts";
import { isTopic } from "./delivery/subscribers.ts";
import { addressMissing, fragmentIsText, idNotGivable, keyNotSendable, topicNotSendable } from "./errors.ts";
import { everybody } from "./everybody.ts";

/** A topic that streams can be on: one that a part declares, or one that each stream has by itself. */
export type StreamTopic = TopicName | `user:${string}` | `session:${string}` | `connection:${string}`;

/** Who gets a broadcast: `everybody` with an open stream, logged in or not, or those on a topic, or on one of several. */
export type Address = typeof everybody | StreamTopic | readonly StreamTopic[];

export interface BroadcastOptions {
  /**
   * Who gets it. `user:<id>`, `session:<id>` and `connection:<id>` always exist; pages ask for any other topic, and the parts say who may
   * listen (`Part.topics`).
   */
  readonly to: Address;
  /** Who doesn't get it: usually the page whose request (`c`) caused the change, or a connection by its id. */
  readonly except?: string | Context;
  /** Changes how long its receivers wait before they reconnect, in whole milliseconds. */
  readonly retry?: number;
  /**
   * What the broadcast is about, such as `card:7`. Pages that were away get only the newest one of a key (and the same `to`), however many
   * there were, so each has to say everything that pages need to know. Pages that are connected get them all. 1 to 255 characters.
   * Default: none, every broadcast is replayed.
   */
  readonly key?: string;
  /** Not possible: the id is the position of the broadcast among all others, which clients need to resume. */
  readonly id?: never;
}

export interface FragmentPlace {
  /** CSS selector of the elements that the fragment goes to. Without it, the fragment has to say so itself (`<Partial>`). */
  readonly target?: string;
  /** Default: `outerMorph`. */
  readonly swap?: Swap;
}

export type FragmentOptions = BroadcastOptions & FragmentPlace;

/** Addresses an event, given in wire format without an id. Throws SSE_ID_NOT_GIVABLE, SSE_KEY_NOT_SENDABLE, and what `parseTopics` throws. */
export function addressMessage(text: string, options: BroadcastOptions): BroadcastMessage {
  // The type rules it out, but not everyone compiles.
  if (options?.id !== undefined) throw idNotGivable({ id: options.id });
  const { key } = options ?? {};
  if (key !== undefined && !isTopic(key)) throw keyNotSendable({ key });
  const message = {
    kind: "broadcast" as const,
    topics: parseTopics(options?.to),
    except: senderOf(options.except),
    text,
  };
  return key === undefined ? message : { ...message, key };
}

/** Who doesn't get a broadcast: a page or a connection by its id; null if a request came from neither. */
export function senderOf(given: string | Context | undefined): string | null {
  if (typeof given !== "object") return given ?? null;
  return readPageId(given) ?? given.req.header("x-connection-id") ?? null;
}

/** The id that the page of a request chose for itself. */
export function readPageId(c: Context): string | undefined {
  const id = c.req.header("x-page-id");
  return id !== undefined && /^[\w-]{8,64}$/.test(id) ? id : undefined;
}

/** The addressees as a list; null for everyone. Throws SSE_ADDRESS_MISSING or SSE_TOPIC_NOT_SENDABLE. */
export function parseTopics(to: Address): readonly string[] | null {
  if (to === everybody) return null;
  // The type rules it out, but not everyone compiles; and what is meant for a few must never go to everyone.
  if (typeof to !== "string" && !Array.isArray(to)) throw addressMissing({ to });
  const topics = typeof to === "string" ? [to] : to;
  for (const topic of topics) if (!isTopic(topic)) throw topicNotSendable({ topic });
  return topics;
}

/** The data of a named event as text: strings as they are, everything else as JSON. */
export function formatEventData(data: unknown): string {
  return typeof data === "string" ? data : (JSON.stringify(data) ?? "");
}

/** Renders a fragment. Throws SSE_FRAGMENT_IS_TEXT for plain text, which would arrive escaped. */
export function renderFragment(fragment: Markup): string | Promise<string> {
  // The type rules it out, but not everyone compiles.
  if (typeof fragment === "string") throw fragmentIsText({ start: fragment.slice(0, 60) });
  return renderHtml(fragment);
}

/** Wraps rendered markup for its target, if it has one. */
export async function placeFragment(
  markup: string | Promise<string>,
  { target, swap = "outerMorph" }: FragmentPlace,
): Promise<string> {
  const rendered = await markup;
  return target === undefined ? rendered : await renderHtml(Partial({ target, swap, children: raw(rendered) }));
}

/** Warns about a named event that looks as if it were meant to change the page. */
export function warnAboutNamedEvent(log: Logger, event: string, data: string): void {
  if (event === "message") {
    log.warn({ event }, "htmx does not swap named events, not even message; use broadcastHTML");
  } else if (/^\s*<[a-z!]/i.test(data)) {
    log.warn({ event }, "markup in a named event does not change the page; use broadcastHTML to swap it in");
  }
}

/** Warns about a fragment that has no target: the stream element itself is never swapped. */
export function warnAboutFragment(log: Logger, markup: string): void {
  if (/<hx-|hx-swap-oob/.test(markup)) return;
  const start = markup.slice(0, 60);
  log.warn({ start }, "a fragment without a target does not change the page; pass target or use <Partial>");
}

import type { Logger } from "../base/index.ts";
import { type Html, Partial, raw, renderHtml, type Swap } from "../html/index.ts";
import type { BroadcastMessage } from "./backplane/backplane.ts";
import { isTopic } from "./delivery/subscribers.ts";
import { fragmentIsText, idNotGivable, topicNotSendable } from "./errors.ts";

export interface BroadcastOptions {
  /**
   * The topic or topics that get it. Default: everyone. `user:<id>`, `session:<id>` and `connection:<id>` always exist; clients ask
   * for any other topic with `?topic=`, and `authorizeTopic` grants it.
   */
  readonly to?: string | readonly string[];
  /** The id of a connection that doesn't get it, usually the one whose request caused the change. */
  readonly except?: string;
  /** Changes how long its receivers wait before they reconnect, in whole milliseconds. */
  readonly retry?: number;
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

/** Addresses an event, given in wire format without an id. Throws SSE_ID_NOT_GIVABLE or SSE_TOPIC_NOT_SENDABLE. */
export function addressMessage(text: string, options: BroadcastOptions, at: number): BroadcastMessage {
  // The type rules it out, but not everyone compiles.
  if (options.id !== undefined) throw idNotGivable({ id: options.id });
  return { kind: "broadcast", topics: parseTopics(options.to), except: options.except ?? null, text, at };
}

/** The addressees as a list; null for everyone. Throws SSE_TOPIC_NOT_SENDABLE. */
export function parseTopics(to: string | readonly string[] | undefined): readonly string[] | null {
  if (to === undefined) return null;
  const topics = typeof to === "string" ? [to] : to;
  for (const topic of topics) if (!isTopic(topic)) throw topicNotSendable({ topic });
  return topics;
}

/** The data of a named event as text: strings as they are, everything else as JSON. */
export function formatEventData(data: unknown): string {
  return typeof data === "string" ? data : (JSON.stringify(data) ?? "");
}

/** Renders a fragment. Throws SSE_FRAGMENT_IS_TEXT for plain text, which would arrive escaped. */
export function renderFragment(fragment: Html): string | Promise<string> {
  if (typeof fragment === "string") throw fragmentIsText({ start: fragment.slice(0, 60) });
  return renderHtml(fragment);
}

/** Wraps rendered markup for its target, if it has one. */
export async function placeFragment(markup: string, { target, swap = "outerMorph" }: FragmentPlace): Promise<string> {
  return target === undefined ? markup : await renderHtml(Partial({ target, swap, children: raw(markup) }));
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

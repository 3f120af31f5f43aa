import type { Logger } from "../base/index.ts";
import { hasOwnPlace } from "./fragment.ts";

/** Says what a named event cannot do, when it looks as if somebody expects it to. */
export function warnAboutNamedEvent(log: Logger, event: string, data: string): void {
  if (event === "message") log.warn({ event }, "htmx never swaps a named event, not even message; use broadcastHTML");
  else if (/^\s*<[a-z!]/i.test(data)) {
    log.warn({ event }, "markup in a named event changes no page; use broadcastHTML to swap it in");
  }
}

/** Says that a fragment has nowhere to go: the stream element itself is never swapped. */
export function warnAboutFragment(log: Logger, markup: string): void {
  if (hasOwnPlace(markup)) return;
  log.warn({ start: markup.slice(0, 60) }, "a fragment without target changes no page; give target or use <Partial>");
}

import { type EventId, formatEventId, serializeEvent } from "../../sse/index.ts";
import type { Step } from "./diff-markup.ts";

/** Up to where a page has the changes, and for whom it was drawn, as the page keeps it and `readAskedRegions` reads it. */
export function formatShown(at: EventId, audience: string): string {
  return audience === "" ? formatEventId(at) : `${formatEventId(at)}.${audience}`;
}

/** An update of a region in wire format: what htmx swaps in, and for the page the place up to which the region is up to date. */
export function formatUpdate(id: string, at: string, steps: readonly Step[]): string {
  return serializeEvent({ data: steps.map((step) => formatStep(id, step)).join("") }) + formatPlace(id, at);
}

/** The place alone. */
export function formatPlace(id: string, at: string): string {
  return serializeEvent({ event: "bk:region", data: `${id} ${at}` });
}

/**
 * Ids are plain: see `findKeyedElements`. An element that moves from one region to another is in both for a moment, so a step says in which
 * it is meant.
 */
function formatStep(id: string, { target, swap, html }: Step): string {
  const place = target === id ? `#${id}` : `#${id} #${target}`;
  return `<hx-partial hx-target="${place}" hx-swap="${swap}">${html}</hx-partial>`;
}

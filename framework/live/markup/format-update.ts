import { type EventId, formatEventId, serializeEvent } from "../../sse/index.ts";
import type { Step } from "./diff-markup.ts";

/** Up to where a page has the changes, and for whom it was drawn, as the page keeps it and `readAskedRegions` reads it. */
export function formatShown(at: EventId, audience: string): string {
  return audience === "" ? formatEventId(at) : `${formatEventId(at)}.${audience}`;
}

/** An update of a region in wire format: what htmx swaps in, and for the page the place up to which the region is up to date. */
export function formatUpdate(id: string, at: string, steps: readonly Step[]): string {
  return serializeEvent({ data: steps.map(formatStep).join("") }) + formatPlace(id, at);
}

/** The place alone. */
export function formatPlace(id: string, at: string): string {
  return serializeEvent({ event: "bk:region", data: `${id} ${at}` });
}

/** Ids are plain: see `findKeyedElements`. */
function formatStep({ target, swap, html }: Step): string {
  return `<hx-partial hx-target="#${target}" hx-swap="${swap}">${html}</hx-partial>`;
}

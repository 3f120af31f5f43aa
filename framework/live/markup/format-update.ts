import { createHash } from "node:crypto";
import { type EventId, formatEventId, serializeEvent } from "../../sse/index.ts";
import type { Step } from "./diff-markup.ts";

/** What a page shows of a region, as the page keeps it and `readAskedRegions` reads it. */
export interface ShownRegion {
  /** Up to where the page has the changes. */
  readonly at: EventId;
  /** `markOf` its markup. */
  readonly mark: string;
  /** For whom it was drawn. */
  readonly audience: string;
}

export function formatShown({ at, mark, audience }: ShownRegion): string {
  return `${formatEventId(at)}.${mark}${audience === "" ? "" : `.${audience}`}`;
}

/** The same for the same markup. */
export function markOf(html: string): string {
  return createHash("sha256").update(html).digest("base64url").slice(0, 10);
}

export interface RegionElement {
  readonly id: string;
  /** Says which region it is. */
  readonly token: string;
  /** As `formatShown` returns it. */
  readonly shown: string;
  readonly html: string;
}

/** A region in a page. */
export function formatRegion({ id, token, shown, html }: RegionElement): string {
  return `<div id="${id}" class="bk-region" data-live="${token}" data-live-at="${escapeAttribute(shown)}">${html}</div>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
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

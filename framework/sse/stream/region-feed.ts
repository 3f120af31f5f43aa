import type { Context } from "hono";
import type { Delivery } from "../delivery/delivery.ts";
import { live, type Subscriber } from "../delivery/subscribers.ts";
import { compareEventIds, type EventId, type Payload, parseEventId, textPayload } from "../event/wire-format.ts";

/** A region that a page shows, as its stream asks for it. */
export interface AskedRegion {
  /** What the page was given with the region; it says which one it is. */
  readonly token: string;
  /** Up to where in the order of all messages the page has its changes. */
  readonly at: EventId;
  /** What the page shows, as it was told. */
  readonly mark: string;
  /** For whom it was drawn, as the page was told. */
  readonly audience: string;
}

/** Keeps regions of pages up to date. What they are and how they are drawn is its own business. */
export interface RegionFeed {
  /** Who may see which of them, as something that `join` understands; or why the stream is refused. */
  authorize(
    c: Context,
    asked: readonly AskedRegion[],
  ): Promise<{ readonly granted: unknown } | { readonly refused: string } | { readonly isOutdated: true }>;
  join(reader: RegionReader, granted: unknown): void;
  leave(reader: RegionReader): void;
  /** The reader takes updates again. */
  caughtUp(reader: RegionReader): void;
  onChange(id: EventId, changes: unknown): void;
  /** Changes up to this place may have been missed. */
  onReset(id: EventId): void;
  /** Another node has died, perhaps before it told of a change that it had made. */
  onNodeDeath(): void;
}

/** A stream, as the regions on its page are sent to it. */
export class RegionReader {
  readonly subscriber: Subscriber;
  readonly #delivery: Delivery;

  constructor(subscriber: Subscriber, delivery: Delivery) {
    this.subscriber = subscriber;
    this.#delivery = delivery;
  }

  /** Whether it has read everything so far; it takes no updates until then. */
  get isReady(): boolean {
    return this.subscriber.cursor === live && !this.subscriber.connection.closed;
  }

  send(payload: Payload): void {
    this.#delivery.write(this.subscriber, payload);
  }

  /** Ends the stream; its client comes back at once, and what it asks for is granted again or not. */
  end(): void {
    this.subscriber.connection.close();
  }
}

interface WithFeed {
  readonly regions: RegionFeed | null;
}

/** Adds a stream to the regions that it was granted. */
export function joinRegions(
  { regions }: WithFeed,
  subscriber: Subscriber,
  { delivery, granted }: { readonly delivery: Delivery; readonly granted: unknown },
): void {
  if (subscriber.connection.closed) return;
  const reader = new RegionReader(subscriber, delivery);
  subscriber.regions = reader;
  regions?.join(reader, granted);
}

/** Does something if a stream has regions. */
export function withRegions(
  { regions }: WithFeed,
  subscriber: Subscriber,
  action: (feed: RegionFeed, reader: RegionReader) => void,
): void {
  if (regions && subscriber.regions instanceof RegionReader) action(regions, subscriber.regions);
}

/** Events in wire format as bytes for many readers. */
export function regionPayload(text: string): Payload {
  return textPayload(text);
}

/** The regions that a request for a stream asks for: `live=<token>~<position>.<mark>.<audience>`, once for each. Null if they can't be read. */
export function readAskedRegions(c: Context): readonly AskedRegion[] | null {
  const asked: AskedRegion[] = [];
  for (const text of new Set(c.req.queries("live") ?? [])) {
    const [, token = "", position, mark = "", audience = ""] =
      /^([^~]+)~([^.]*)(?:\.([^.]*))?(?:\.(.*))?/s.exec(text) ?? [];
    const at = parseEventId(position);
    if (at === null) return null;
    asked.push({ token, at, mark, audience });
  }
  return asked;
}

/** How far the page with these regions is. */
export function newestOf(asked: readonly AskedRegion[]): EventId | null {
  let newest: EventId | null = null;
  for (const { at } of asked) if (newest === null || compareEventIds(at, newest) > 0) newest = at;
  return newest;
}

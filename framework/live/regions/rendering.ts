import { compareEventIds, type EventId, type RegionReader, regionPayload } from "../../sse/index.ts";
import { diffMarkup } from "../markup/diff-markup.ts";
import { formatPlace, formatShown, formatUpdate } from "../markup/format-update.ts";
import type { LiveCounters } from "./live-stats.ts";

/** What was sent to how many pages. */
export interface Sent {
  pages: number;
  bytes: number;
}

/** What a reader's page shows of a region. */
interface Shown {
  /** The version that it has; null if that isn't known. */
  version: number | null;
  /** Up to where the page has the changes. */
  at: EventId;
}

/** A region as one class of people sees it, and the streams of those who have it open. */
export class Rendering {
  readonly elementId: string;
  readonly audience: string;
  readonly #counters: LiveCounters;
  readonly #readers = new Map<RegionReader, Shown>();
  #html: string | undefined;
  /** Rises with each change of the markup. */
  #version = 0;
  /** From which place on a page has this version, and up to which place it is known to be the newest. */
  #since: EventId = { epoch: 0, sequence: 0 };
  #at: EventId = this.#since;

  constructor(elementId: string, audience: string, counters: LiveCounters) {
    this.elementId = elementId;
    this.audience = audience;
    this.#counters = counters;
  }

  get size(): number {
    return this.#readers.size;
  }

  get isDrawn(): boolean {
    return this.#html !== undefined;
  }

  /** Whether somebody waits for the first drawing. */
  get isAwaited(): boolean {
    return this.size > 0 && this.#html === undefined;
  }

  /** A page that has all changes up to a place. */
  add(reader: RegionReader, at: EventId): void {
    this.#readers.set(reader, { version: null, at });
  }

  remove(reader: RegionReader): void {
    this.#readers.delete(reader);
  }

  /** Ends the streams of all readers. */
  end(): void {
    for (const reader of [...this.#readers.keys()]) reader.end();
  }

  /** Takes new markup, which shows all changes up to `at`; the newest of them was made at `changedAt`. Adds up what it sends in `sent`. */
  take(html: string, at: EventId, changedAt: EventId, sent: Sent = { pages: 0, bytes: 0 }): void {
    const old = this.#html;
    this.#at = at;
    if (html === old) return;
    this.#html = html;
    this.#version += 1;
    this.#since = changedAt;
    if (this.size === 0 || old === undefined) return;
    const previous = this.#version - 1;
    const update = once(() => {
      const text = formatUpdate(this.elementId, formatShown(at, this.audience), diffMarkup(this.elementId, old, html));
      return regionPayload(text);
    });
    for (const [reader, shown] of this.#readers) {
      if (!reader.isReady || shown.version !== previous) continue;
      shown.version = this.#version;
      this.#send(reader, update(), sent);
    }
  }

  /** Sends what they lack to the readers whose pages are behind. Only while the markup is up to date. */
  catchUp(readers: Iterable<RegionReader> = this.#readers.keys(), sent: Sent = { pages: 0, bytes: 0 }): void {
    const whole = once(() => regionPayload(this.#whole()));
    for (const reader of [...readers]) {
      const shown = this.#readers.get(reader);
      if (!shown || shown.version === this.#version || !reader.isReady) continue;
      const isCurrent = shown.version === null && compareEventIds(shown.at, this.#since) >= 0;
      shown.version = this.#version;
      if (isCurrent) continue;
      this.#send(reader, whole(), sent);
    }
  }

  #whole(): string {
    const at = formatShown(this.#at, this.audience);
    const step = { target: this.elementId, swap: "innerMorph", html: this.#html ?? "" } as const;
    return this.#html === undefined ? formatPlace(this.elementId, at) : formatUpdate(this.elementId, at, [step]);
  }

  #send(reader: RegionReader, payload: ReturnType<typeof regionPayload>, sent: Sent): void {
    sent.pages += 1;
    sent.bytes += payload.bytes;
    this.#counters.updates += 1;
    this.#counters.bytes += payload.bytes;
    reader.send(payload);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

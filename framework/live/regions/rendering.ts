import { compareEventIds, type EventId, type RegionReader, regionPayload } from "../../sse/index.ts";
import { diffMarkup } from "../markup/diff-markup.ts";
import { formatPlace, formatShown, formatUpdate, markOf } from "../markup/format-update.ts";
import { Markup } from "../markup/keyed-elements.ts";
import type { LiveCounters } from "./live-stats.ts";

/** What was sent to how many pages. */
export interface Sent {
  pages: number;
  bytes: number;
}

/** What a page showed of a region when its stream joined. */
export interface PageShows {
  /** Up to where it had the changes. */
  readonly at: EventId;
  /** Which markup it had. */
  readonly mark: string;
  /** How often the region had been loaded, or begun to be, by then. */
  readonly loads: number;
}

/** What a reader's page shows of a region. */
interface Shown extends PageShows {
  /** The version that it has; null if that isn't known. */
  version: number | null;
}

/** Markup of a region. */
export interface Drawn {
  readonly html: string;
  /** It shows all changes up to this place … */
  readonly at: EventId;
  /** … of which the newest was made at this one. */
  readonly changedAt: EventId;
  /** The number of the load whose data it shows. */
  readonly load: number;
}

export interface RenderingParts {
  readonly elementId: string;
  readonly audience: string;
  readonly counters: LiveCounters;
  /** A page shows something else than it should by all that is known. It gets nothing until the region has been loaded once more. */
  readonly onDoubt: () => void;
}

/** A region as one class of people sees it, and the streams of those who have it open. */
export class Rendering {
  readonly #parts: RenderingParts;
  readonly #readers = new Map<RegionReader, Shown>();
  #markup: Markup | undefined;
  #mark = "";
  /** Rises with each change of the markup. */
  #version = 0;
  /** From which place on a page has this version, and up to which place it is known to be the newest. */
  #since: EventId = { epoch: 0, sequence: 0 };
  #at: EventId = this.#since;
  #load = 0;

  constructor(parts: RenderingParts) {
    this.#parts = parts;
  }

  get audience(): string {
    return this.#parts.audience;
  }

  get size(): number {
    return this.#readers.size;
  }

  get isDrawn(): boolean {
    return this.#markup !== undefined;
  }

  /** Whether somebody waits for the first drawing. */
  get isAwaited(): boolean {
    return this.size > 0 && this.#markup === undefined;
  }

  add(reader: RegionReader, shows: PageShows): void {
    this.#readers.set(reader, { ...shows, version: null });
  }

  remove(reader: RegionReader): void {
    this.#readers.delete(reader);
  }

  /** Ends the streams of all readers. */
  end(): void {
    for (const reader of [...this.#readers.keys()]) reader.end();
  }

  /** Takes new markup. Adds up what it sends in `sent`. */
  take({ html, at, changedAt, load }: Drawn, sent: Sent = { pages: 0, bytes: 0 }): void {
    const old = this.#markup;
    this.#at = at;
    this.#load = load;
    if (html === old?.html) return;
    const next = new Markup(html);
    this.#markup = next;
    this.#mark = markOf(html);
    this.#version += 1;
    this.#since = changedAt;
    if (this.size === 0 || old === undefined) return;
    const previous = this.#version - 1;
    const update = once(() => {
      const { elementId } = this.#parts;
      return regionPayload(formatUpdate(elementId, this.#formatShown(), diffMarkup(elementId, old, next)));
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
      const isFirst = shown.version === null;
      if (isFirst && this.#isDoubtful(shown)) {
        this.#parts.onDoubt();
        continue;
      }
      shown.version = this.#version;
      if (isFirst && shown.mark === this.#mark) continue;
      this.#send(reader, whole(), sent);
    }
  }

  /**
   * Whether a page shows something else, although it has all changes: somebody may have made one without a word, and then nobody knows
   * whether it came before this was loaded, or after.
   */
  #isDoubtful({ mark, at, loads }: PageShows): boolean {
    return mark !== this.#mark && compareEventIds(at, this.#since) >= 0 && loads >= this.#load;
  }

  #whole(): string {
    const { elementId } = this.#parts;
    const shown = this.#formatShown();
    if (this.#markup === undefined) return formatPlace(elementId, shown);
    return formatUpdate(elementId, shown, [{ target: elementId, swap: "innerMorph", html: this.#markup.html }]);
  }

  #formatShown(): string {
    return formatShown({ at: this.#at, mark: this.#mark, audience: this.audience });
  }

  #send(reader: RegionReader, payload: ReturnType<typeof regionPayload>, sent: Sent): void {
    const { counters } = this.#parts;
    sent.pages += 1;
    sent.bytes += payload.bytes;
    counters.updates += 1;
    counters.bytes += payload.bytes;
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

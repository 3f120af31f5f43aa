import { compareEventIds, type EventId, type RegionReader } from "../../sse/index.ts";
import type { Change, Read } from "../changes/change.ts";
import { isAfter, isTouched } from "../changes/recent-changes.ts";
import type { LiveCounters } from "./live-stats.ts";
import type { RegionDefinition } from "./region.ts";
import { describeReads, elementIdOf, grantRead } from "./region-reads.ts";
import { Rendering, type Sent } from "./rendering.ts";
import type { OpenRegion } from "./update-history.ts";

/** What a region shows, as it was read. */
export interface LoadedData {
  readonly data: unknown;
  readonly reads: readonly Read[];
  /** Every change up to this place is in it. */
  readonly at: EventId;
}

/** A region that was loaded and drawn again. */
export interface DrawnRegion {
  /** The changes that were the reason; none for the first time. */
  readonly because: readonly Change[];
  /** How many pages it was sent to. */
  readonly pages: number;
  readonly bytes: number;
  readonly ms: number;
  /** Why it failed. */
  readonly error?: unknown;
}

export interface InstanceParts {
  readonly region: RegionDefinition;
  readonly params: unknown;
  /** The same as canonical JSON. */
  readonly key: string;
  /** Empty unless the region is one person's. */
  readonly person: string;
  readonly counters: LiveCounters;
  /** The place of the last message that arrived. */
  readonly place: () => EventId;
  /** The place of the newest change to what was read. */
  readonly newestChange: (reads: readonly Read[]) => EventId;
  readonly load: (instance: RegionInstance) => Promise<Omit<LoadedData, "at">>;
  readonly render: (
    instance: RegionInstance,
    data: unknown,
    audience: string,
  ) => Promise<{ html: string; asksAudience: boolean }>;
  /** Told each time it was loaded again, or could not be. */
  readonly onDrawn: (drawn: DrawnRegion) => void;
  /** Told once in a row of failures. */
  readonly onFailure: (error: unknown) => void;
}

/** How many changes are remembered as the reason for a drawing. */
const maxReasons = 20;
const retryMs = [250, 1000, 3000, 10_000, 30_000];

/** A region with its params on this node: what it read, how it looks to whom, and whether that is up to date. */
export class RegionInstance {
  readonly parts: InstanceParts;
  readonly elementId: string;
  usedAt = 0;
  readonly #renderings = new Map<string, Rendering>();
  #loaded: LoadedData | undefined;
  /** The newest change to what it shows. */
  #touchedAt: EventId | undefined;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #because: Change[] = [];

  constructor(parts: InstanceParts) {
    this.parts = parts;
    this.elementId = elementIdOf(parts.region.name, parts.key);
  }

  get readers(): number {
    let total = 0;
    for (const { size } of this.#renderings.values()) total += size;
    return total;
  }

  /** What open pages show of it. */
  get shown(): OpenRegion {
    const { region, key } = this.parts;
    const audiences = [...this.#renderings.values()].map(({ audience, size }) => ({ audience, pages: size }));
    return { region: region.name, params: key, reads: describeReads(this.#loaded?.reads ?? []), audiences };
  }

  get #isFresh(): boolean {
    return this.#loaded !== undefined && (!this.#touchedAt || compareEventIds(this.#touchedAt, this.#loaded.at) <= 0);
  }

  /** Whether somebody looks at something that is out of date, or isn't drawn yet. */
  get #isBehind(): boolean {
    if (this.readers === 0) return false;
    return !this.#isFresh || this.#failures > 0 || [...this.#renderings.values()].some((it) => it.isAwaited);
  }

  /** Ends the streams that show it, if a change is to the right to see it. */
  recheck(changes: readonly Change[]): void {
    const { region, key } = this.parts;
    if (!isTouched([grantRead(region, key)], changes.filter(isGrant))) return;
    for (const rendering of this.#renderings.values()) rendering.end();
  }

  /** Notes a change if it is to what the region shows. */
  touch(id: EventId, changes: readonly Change[]): void {
    const reads = this.#loaded?.reads;
    if (reads && !isTouched(reads, changes)) return;
    if (reads && this.#because.length < maxReasons)
      this.#because.push(...changes.filter((change) => isTouched(reads, [change])));
    this.touchAny(id);
  }

  /** Something may have changed. */
  touchAny(id: EventId): void {
    this.#touchedAt = id;
    if (this.readers > 0) this.#wake();
  }

  join(reader: RegionReader, audience: string, at: EventId): void {
    const rendering = this.#renderingFor(audience);
    rendering.add(reader, at);
    if (this.#isFresh && rendering.isDrawn) rendering.catchUp([reader]);
    else this.#wake();
  }

  leave(reader: RegionReader): void {
    for (const rendering of this.#renderings.values()) rendering.remove(reader);
  }

  caughtUp(reader: RegionReader): void {
    if (!this.#isFresh) return;
    for (const rendering of this.#renderings.values()) rendering.catchUp([reader]);
  }

  /** Takes what a page has loaded and drawn for itself, unless open pages are at a place of their own. */
  adopt(loaded: LoadedData, audience: string, html: string): void {
    if (this.readers > 0 || this.#running) return;
    if (this.#loaded && isAfter(this.#loaded.at, loaded.at)) return;
    this.#renderings.clear();
    this.#accept(loaded);
    this.#renderingFor(audience).take(html, loaded.at, this.#changedAt(loaded));
  }

  /** Resolves when it is up to date, or when nobody looks. */
  async settled(): Promise<void> {
    while (this.#running || this.#isBehind) {
      this.#wake();
      await (this.#running ?? new Promise((resolve) => setTimeout(resolve, 2)));
      if (this.#failures > 0) return;
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#renderings.clear();
  }

  #renderingFor(audience: string): Rendering {
    const known = this.#renderings.get(audience);
    if (known) return known;
    const made = new Rendering(this.elementId, audience, this.parts.counters);
    this.#renderings.set(audience, made);
    return made;
  }

  /** Runs at once, or after the one that is running and the rest that follows it. */
  #wake(): void {
    if (this.#running || this.#timer) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      const waitMs = this.#failures > 0 ? (retryMs[this.#failures - 1] ?? 30_000) : this.parts.region.everyMs;
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        if (this.#isBehind) this.#wake();
      }, waitMs);
      this.#timer.unref();
    });
  }

  async #run(): Promise<void> {
    const { load, place, counters, onDrawn, onFailure } = this.parts;
    const [startedAt, isLoaded, because] = [performance.now(), !this.#isFresh, this.#because.splice(0)];
    const sent: Sent = { pages: 0, bytes: 0 };
    const cost = () => ({ because, ...sent, ms: performance.now() - startedAt });
    try {
      if (isLoaded) {
        const at = place();
        this.#accept({ ...(await load(this)), at });
      }
      await this.#draw(sent);
      if (isLoaded) onDrawn(cost());
      this.#failures = 0;
    } catch (error) {
      counters.failures += 1;
      this.#failures += 1;
      if (this.#failures === 1) onFailure(error);
      onDrawn({ ...cost(), error });
      this.#because.unshift(...because);
    }
  }

  /** Changes that came while it was loading may be to what it has read only now. */
  #accept(loaded: LoadedData): void {
    this.#loaded = loaded;
    const newest = this.parts.newestChange(loaded.reads);
    this.#touchedAt = isAfter(newest, loaded.at) ? newest : undefined;
  }

  #changedAt({ reads, at }: LoadedData): EventId {
    const newest = this.parts.newestChange(reads);
    return isAfter(newest, at) ? at : newest;
  }

  async #draw(sent: Sent): Promise<void> {
    const loaded = this.#loaded;
    if (!loaded) return;
    let shared: string | undefined;
    const changedAt = this.#changedAt(loaded);
    for (const [audience, rendering] of [...this.#renderings]) {
      // Nothing is drawn for nobody.
      if (rendering.size === 0) {
        this.#renderings.delete(audience);
        continue;
      }
      let html = shared;
      if (html === undefined) {
        const drawn = await this.parts.render(this, loaded.data, audience);
        html = drawn.html;
        if (!drawn.asksAudience) shared = html;
      }
      rendering.take(html, loaded.at, changedAt, sent);
      rendering.catchUp(undefined, sent);
    }
  }
}

function isGrant({ table }: Change): boolean {
  return table.startsWith("grant ");
}

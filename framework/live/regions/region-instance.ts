import { compareEventIds, type EventId, type RegionReader } from "../../sse/index.ts";
import type { Change } from "../changes/change.ts";
import { isAfter, isTouched } from "../changes/recent-changes.ts";
import type { InstanceParts, LoadedData } from "./instance-parts.ts";
import { Pace } from "./pace.ts";
import { describeReads, elementIdOf, grantRead } from "./region-reads.ts";
import { type PageShows, Rendering, type Sent } from "./rendering.ts";
import type { OpenRegion } from "./update-history.ts";

/** How many changes are remembered as the reason for a drawing. */
const maxReasons = 20;
/** How often pages that show something else than they should may have it loaded again. */
const doubtEveryMs = 1000;
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
  #loads = 0;
  /** How many loads had begun when it was last in doubt whether they see everything. */
  #doubtedAt = -1;
  readonly #doubts = new Pace(doubtEveryMs, () => this.doubt("a page that shows something else"));

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
    if (!this.#loaded || this.#loaded.number <= this.#doubtedAt) return false;
    return !this.#touchedAt || compareEventIds(this.#touchedAt, this.#loaded.at) <= 0;
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

  /** It may have changed although no change says so. */
  doubt(because: string): void {
    if (this.#because.length < maxReasons) this.#because.push({ table: because, only: {} });
    this.#doubtedAt = this.#loads;
    if (this.readers > 0) this.#wake();
  }

  /** To be called before each load. Returns its number. */
  startLoad(): number {
    this.#loads += 1;
    return this.#loads;
  }

  join(reader: RegionReader, audience: string, shows: Omit<PageShows, "loads">): void {
    const rendering = this.#renderingFor(audience);
    rendering.add(reader, { ...shows, loads: this.#loads });
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
    const { at, number: load } = loaded;
    this.#renderingFor(audience).take({ html, at, changedAt: this.#changedAt(loaded), load });
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
    this.#doubts.close();
    this.#renderings.clear();
  }

  #renderingFor(audience: string): Rendering {
    const known = this.#renderings.get(audience);
    if (known) return known;
    const { elementId, parts } = this;
    const onDoubt = () => {
      parts.onDoubt();
      this.#doubts.request();
    };
    const made = new Rendering({ elementId, audience, counters: parts.counters, onDoubt });
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
        this.#accept({ ...(await load()), at });
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
    const drawn = { at: loaded.at, changedAt: this.#changedAt(loaded), load: loaded.number };
    for (const [audience, rendering] of [...this.#renderings]) {
      // Nothing is drawn for nobody.
      if (rendering.size === 0) {
        this.#renderings.delete(audience);
        continue;
      }
      let html = shared;
      if (html === undefined) {
        const rendered = await this.parts.render(loaded.data, audience);
        html = rendered.html;
        if (!rendered.asksAudience) shared = html;
      }
      rendering.take({ ...drawn, html }, sent);
      rendering.catchUp(undefined, sent);
    }
  }
}

function isGrant({ table }: Change): boolean {
  return table.startsWith("grant ");
}

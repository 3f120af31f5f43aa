import { type Logger, reasonOf } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import type { EventId } from "../../sse/index.ts";
import { type Change, everyTable } from "../changes/change.ts";
import type { DatabaseWatch } from "../changes/database-watch.ts";
import { RecentChanges } from "../changes/recent-changes.ts";
import type { DrawnRegion, LoadedData } from "./instance-parts.ts";
import { LiveCounters, type LiveStats } from "./live-stats.ts";
import type { RegionDefinition, RegionSources } from "./region.ts";
import type { CheckedParams } from "./region-access.ts";
import { RegionInstance } from "./region-instance.ts";
import { grantRead, ownRead, readsOfRegion } from "./region-reads.ts";
import { Outside, renderShared, type SharedMarkup } from "./render-shared.tsx";
import { type OpenRegion, UpdateHistory } from "./update-history.ts";

export interface RegionTableOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly dev: boolean;
  readonly watch: DatabaseWatch;
  readonly presence: RegionSources["presence"];
  readonly expand: (html: string) => string | Promise<string>;
}

/** A region with its params, and who looks at it if it is one person's. */
export interface RegionAddress {
  readonly region: RegionDefinition;
  readonly checked: CheckedParams;
  readonly audience: string;
}

const start: EventId = { epoch: 0, sequence: 0 };
/** How long a region that nobody looks at is remembered. */
const keepMs = 60_000;
/** How many regions are loaded again at a time after another node has died: 500 a second. */
const perStep = 10;
const stepMs = 20;

/** The regions that somebody looks at or has just looked at on this node, and the changes that it has heard of. */
export class RegionTable {
  /** The place of the last change that arrived. */
  place = start;
  readonly #options: RegionTableOptions;
  readonly #instances = new Map<string, RegionInstance>();
  readonly #recent = new RecentChanges();
  readonly #counters = new LiveCounters();
  readonly #outside = new Outside();
  readonly history = new UpdateHistory();
  readonly #warned = new Set<string>();
  readonly #sweeping: NodeJS.Timeout;
  #doubting: NodeJS.Timeout | undefined;

  constructor(options: RegionTableOptions) {
    this.#options = options;
    this.#sweeping = setInterval(() => this.#sweep(), keepMs / 2).unref();
  }

  get instances(): Iterable<RegionInstance> {
    return this.#instances.values();
  }

  /** The region at an address, which is remembered from now on. */
  find({ region, checked, audience }: RegionAddress): RegionInstance {
    const person = region.audiences === "person" ? audience : "";
    const id = `${region.name} ${checked.key} ${person}`;
    const known = this.#instances.get(id);
    if (known) {
      known.usedAt = Date.now();
      return known;
    }
    const made: RegionInstance = new RegionInstance({
      region,
      params: checked.params,
      key: checked.key,
      person,
      counters: this.#counters,
      place: () => this.place,
      newestChange: (reads) => this.#recent.newest(reads),
      load: () => this.load(made),
      render: (data, who) => this.render(made, data, who),
      onDoubt: () => this.#warnAboutDoubt(region.name),
      onDrawn: (drawn) => this.#tellAuthor(made, drawn),
      onFailure: (err) =>
        this.#options.log.error(
          { err, region: region.name },
          "a live region couldn't be updated; its pages keep what they show",
        ),
    });
    made.usedAt = Date.now();
    this.#instances.set(id, made);
    return made;
  }

  /** Reads what a region shows, and records what it reads. */
  async load(instance: RegionInstance): Promise<Omit<LoadedData, "at">> {
    const number = instance.startLoad();
    const { region, key } = instance.parts;
    const { result: data, reads } = await this.#outside.run(() =>
      this.#options.watch.record(() => this.#read(instance)),
    );
    if (region.reads === undefined && reads.some(({ table }) => table === everyTable))
      this.#warnAboutReads(region.name);
    const said = this.#options.watch.understand((region.reads ?? []).map((table) => ({ table, where: {} })));
    return { data, reads: [...said, ...readsOfRegion(region, reads), ownRead(region, key)], number };
  }

  /** Draws a region for an audience. */
  async render(instance: RegionInstance, data: unknown, audience: string): Promise<SharedMarkup> {
    return await this.#outside.run(() => this.#draw(instance, data, audience));
  }

  /**
   * Draws a region in a transaction, which may have the only connection. Nothing is recorded: the structure of the database, which that
   * needs, may have to wait for this connection.
   */
  async drawInside(inside: <T>(work: () => T) => T, instance: RegionInstance, audience: string): Promise<string> {
    const draw = async () => (await this.#draw(instance, await this.#read(instance), audience)).html;
    return await this.#outside.run(() => inside(draw));
  }

  async #read({ parts }: RegionInstance): Promise<unknown> {
    const { region, params, person } = parts;
    const { db, log, presence } = this.#options;
    this.#counters.loads += 1;
    return await region.load({ db, log, presence }, params, person);
  }

  async #draw({ parts }: RegionInstance, data: unknown, audience: string): Promise<SharedMarkup> {
    const { region, params } = parts;
    const { expand } = this.#options;
    this.#counters.renders += 1;
    return await renderShared(region, data, { params, audience, expand });
  }

  /** In development: what a change cost, or that it cost something for nothing. */
  #tellAuthor({ parts }: RegionInstance, { because, pages, bytes, ms: exactMs, error }: DrawnRegion): void {
    if (!this.#options.dev || because.length === 0) return;
    const tables = [...new Set(because.map(({ table }) => nameOfChanged(table)))];
    const statements = [...new Set(because.flatMap(({ by }) => by ?? []))];
    const drawn = { region: parts.region.name, params: parts.key };
    const cost = { pages, ms: Math.round(exactMs * 10) / 10 };
    const failure = error === undefined ? {} : { error: reasonOf(error) };
    this.history.add({ ...drawn, at: Date.now(), tables, statements, ...cost, bytes, ...failure });
    if (error === undefined)
      this.#options.log.info({ ...drawn, because: tables.join(", "), ...cost }, "a live region was drawn again");
  }

  #warnAboutReads(name: string): void {
    this.#warnOnce(
      name,
      'it can\'t be seen what a live region reads (SQL written by hand, or a view), so it is loaded after every change; say it: reads: ["items"]',
    );
  }

  #warnAboutDoubt(name: string): void {
    this.#warnOnce(
      name,
      "a page shows a live region otherwise than it is drawn now, although no change is known; render has to give the same markup for the same data, and what other programs write has to be told with kit.live.changed",
    );
  }

  #warnOnce(region: string, warning: string): void {
    if (!this.#options.dev || this.#warned.has(region + warning)) return;
    this.#warned.add(region + warning);
    this.#options.log.warn({ region }, warning);
  }

  /** Whether the right to see a region may have changed since a place. */
  isRechecked(region: RegionDefinition, { key }: CheckedParams, since: EventId): boolean {
    return this.#recent.hasSince([grantRead(region, key)], since);
  }

  /** A change arrived. */
  change(id: EventId, changes: readonly Change[]): void {
    this.place = id;
    this.#counters.changes += 1;
    this.#recent.add(id, changes);
    for (const instance of this.#instances.values()) {
      instance.recheck(changes);
      instance.touch(id, changes);
    }
  }

  /** Changes up to this place may have been missed. */
  reset(id: EventId): void {
    this.place = id;
    this.#recent.reset(id);
    for (const instance of this.#instances.values()) instance.touchAny(id);
  }

  /** The regions that open pages show. */
  get open(): readonly OpenRegion[] {
    return [...this.#instances.values()].filter(({ readers }) => readers > 0).map(({ shown }) => shown);
  }

  /** Any region may have changed although no change says so. Has them loaded again a few at a time. */
  doubt(because: string): void {
    clearTimeout(this.#doubting);
    const instances = [...this.#instances.values()];
    const next = () => {
      for (const instance of instances.splice(0, perStep)) instance.doubt(because);
      if (instances.length > 0) this.#doubting = setTimeout(next, stepMs).unref();
    };
    next();
  }

  stats(): LiveStats {
    let readers = 0;
    for (const instance of this.#instances.values()) readers += instance.readers;
    return { regions: this.#instances.size, readers, ...this.#counters };
  }

  close(): void {
    clearInterval(this.#sweeping);
    clearTimeout(this.#doubting);
    for (const instance of this.#instances.values()) instance.close();
    this.#instances.clear();
  }

  #sweep(): void {
    const oldest = Date.now() - keepMs;
    for (const [id, instance] of this.#instances) {
      if (instance.readers > 0 || instance.usedAt > oldest) continue;
      instance.close();
      this.#instances.delete(id);
    }
  }
}

/** For authors: what stands for a region as if it were a table is `kit.live.changed`. */
function nameOfChanged(table: string): string {
  return table.startsWith("region ") ? "kit.live.changed" : table;
}

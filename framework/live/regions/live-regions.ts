import type { Context } from "hono";
import { type Logger, randomToken } from "../../base/index.ts";
import { afterCommit, type Database, keepTransaction } from "../../db/index.ts";
import type { Signer } from "../../secure/index.ts";
import type { AskedRegion, EventId, RegionFeed, RegionReader } from "../../sse/index.ts";
import { type Change, changesStructure, isOfStructure } from "../changes/change.ts";
import { DatabaseWatch } from "../changes/database-watch.ts";
import { mergeChanges } from "../changes/touches.ts";
import { notGranted, paramsInvalid, regionUnlisted } from "../errors.ts";
import { formatRegion, formatShown, markOf } from "../markup/format-update.ts";
import type { LiveStats } from "./live-stats.ts";
import type { LiveRegion, RegionDefinition } from "./region.ts";
import { audienceOf, type CheckedParams, checkParams } from "./region-access.ts";
import { collectRegions, type PartWithRegions } from "./region-directory.ts";
import type { RegionInstance } from "./region-instance.ts";
import { grantTable, ownTable } from "./region-reads.ts";
import { type RegionAddress, RegionTable } from "./region-table.ts";
import { readRegion, signRegion } from "./region-token.ts";
import type { LiveReport } from "./update-history.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** The live regions of the app; middleware of the kit puts them into the context. */
    liveRegions: LiveRegions;
  }
}

export interface LiveRegionsOptions {
  readonly db: Database;
  readonly signer: Signer;
  readonly log: Logger;
  readonly dev: boolean;
  readonly parts: readonly PartWithRegions[];
  /** Expands `<bk-…>` tags. */
  readonly expand: (html: string) => string | Promise<string>;
  /** The person behind a request, if they are logged in. */
  readonly userId: (c: Context) => string | undefined;
}

/** How the regions reach the pages: the broker, which is made with them. */
export interface LiveChannel {
  readonly cursor: string;
  publishChanges(changes: unknown): Promise<void>;
  presence(topic: string): readonly string[];
}

/** A region that somebody may see, as their stream asked for it. */
interface Granted extends RegionAddress {
  /** Where in the order of all changes `grant` was asked. */
  readonly askedAt: EventId;
  readonly at: EventId;
  readonly mark: string;
}

const start: EventId = { epoch: 0, sequence: 0 };
const maxSettleMs = 10_000;

/** The live regions of an app: draws them in pages, learns what changes, and keeps every open page up to date. */
export class LiveRegions implements RegionFeed {
  readonly #options: LiveRegionsOptions;
  readonly #regions: ReadonlyMap<string, RegionDefinition>;
  readonly #table: RegionTable;
  readonly #joined = new Map<RegionReader, readonly RegionInstance[]>();
  readonly #watch: DatabaseWatch;
  readonly #marks = new Map<string, () => void>();
  #channel: LiveChannel | undefined;
  /** What was changed before there was a channel, by migrations for example; other nodes may show it. */
  readonly #early: Change[] = [];

  constructor(options: LiveRegionsOptions) {
    const { db, log, dev, parts, expand } = options;
    this.#options = options;
    this.#regions = collectRegions(parts);
    this.#watch = new DatabaseWatch({ db, log, namesStatements: dev, publish: (changes) => this.#publish(changes) });
    const presence = (topic: string) => this.#channel?.presence(topic) ?? [];
    this.#table = new RegionTable({ db, log, dev, watch: this.#watch, presence, expand });
  }

  /** Starts once the tables are there and streams can be opened. */
  async start(channel: LiveChannel): Promise<void> {
    await this.#watch.start();
    this.#channel = channel;
    if (this.#early.length > 0) await this.#publish(this.#early.splice(0));
  }

  /**
   * Says that a region shows something that changed outside of the database, or by another program: with its params, or for all of them.
   * Inside a transaction, on commit.
   */
  async changed<Params extends object>(region: LiveRegion<Params>, params?: Params): Promise<void> {
    await this.#tell(ownTable(region.region.name), region, params);
  }

  /**
   * Asks `grant` again for every open page with a region, with its params or with any, after what people may see has changed: their streams
   * connect again, and get what they may see from then on. Inside a transaction, on commit.
   */
  async reauthorize<Params extends object>(region: LiveRegion<Params>, params?: Params): Promise<void> {
    await this.#tell(grantTable(region.region.name), region, params);
  }

  /** Says that any table may have changed, for example after another program has written to the database. */
  async changedAnything(): Promise<void> {
    await this.#publish([changesStructure]);
  }

  /** Resolves when every open page of this node shows all changes committed so far. For tests. */
  async settled(): Promise<void> {
    await this.#watch.settled();
    const mark = randomToken(9);
    const heard = new Promise<void>((resolve) => this.#marks.set(mark, resolve));
    const patience = setTimeout(() => this.#marks.get(mark)?.(), maxSettleMs);
    await this.#publish([{ table: `mark ${mark}`, only: {} }]);
    await heard;
    await this.#watch.settled();
    clearTimeout(patience);
    this.#marks.delete(mark);
    await Promise.all([...this.#table.instances].map((instance) => instance.settled()));
  }

  stats(): LiveStats {
    return this.#table.stats();
  }

  /** What regions do on this node, for the pages of development. @internal */
  get report(): LiveReport {
    return this.#table;
  }

  /** Draws a region for a page. Throws `LIVE_PARAMS_INVALID`, `LIVE_NOT_GRANTED` or `LIVE_REGION_UNLISTED`. @internal */
  async show(c: Context, region: RegionDefinition, props: unknown): Promise<string> {
    const { name, schema } = region;
    const { log, signer, userId } = this.#options;
    if (this.#regions.get(name) !== region) throw regionUnlisted({ name });
    const checked = await this.#check(name, schema, props);
    const audience = await audienceOf(region, checked.params, { c, userId: userId(c), log });
    if (audience === null) throw notGranted({ name });
    const instance = this.#table.find({ region, checked, audience });
    const { html, at } = await this.#drawForPage(instance, audience);
    const token = signRegion(signer, { name, params: checked.key });
    const shown = formatShown({ at, mark: markOf(html), audience });
    return formatRegion({ id: instance.elementId, token, shown, html });
  }

  /**
   * What a transaction sees, the pages of others may never see, and it may not see what was committed after it began. So its page says that
   * it has no changes, and is compared with what others see when it connects.
   */
  async #drawForPage(instance: RegionInstance, audience: string): Promise<{ readonly html: string; at: EventId }> {
    const inside = keepTransaction();
    if (inside) return { html: await this.#table.drawInside(inside, instance, audience), at: start };
    const { place: at } = this.#table;
    const loaded = { ...(await this.#table.load(instance)), at };
    const { html } = await this.#table.render(instance, loaded.data, audience);
    instance.adopt(loaded, audience, html);
    return { html, at };
  }

  async authorize(
    c: Context,
    asked: readonly AskedRegion[],
  ): Promise<{ readonly granted: readonly Granted[] } | { readonly refused: string } | { readonly isOutdated: true }> {
    const { signer, userId, log } = this.#options;
    const granted: Granted[] = [];
    const { place: askedAt } = this.#table;
    for (const { token, at, mark, audience: shownTo } of asked) {
      const known = readRegion(signer, token);
      if (!known) return { refused: "its signature isn't this app's" };
      const region = this.#regions.get(known.name);
      const checked = region && (await checkParams(region.schema, JSON.parse(known.params)));
      // The page was made by an earlier version of the app.
      if (!checked || "problems" in checked || checked.key !== known.params) return { isOutdated: true };
      const audience = await audienceOf(region, checked.params, { c, userId: userId(c), log });
      if (audience === null) return { refused: `grant of ${known.name} doesn't let this visitor see it` };
      granted.push({ region, checked, audience, askedAt, at: audience === shownTo ? at : start, mark });
    }
    return { granted };
  }

  join(reader: RegionReader, granted: readonly Granted[]): void {
    const instances = granted.map((each) => {
      const instance = this.#table.find(each);
      instance.join(reader, each.audience, each);
      return instance;
    });
    this.#joined.set(reader, instances);
    this.#table.history.tell();
    // The right to see it has changed while it was asked for.
    if (granted.some(({ region, checked, askedAt }) => this.#table.isRechecked(region, checked, askedAt))) reader.end();
  }

  leave(reader: RegionReader): void {
    for (const instance of this.#joined.get(reader) ?? []) {
      instance.leave(reader);
      instance.usedAt = Date.now();
    }
    this.#joined.delete(reader);
    this.#table.history.tell();
  }

  caughtUp(reader: RegionReader): void {
    for (const instance of this.#joined.get(reader) ?? []) instance.caughtUp(reader);
  }

  onChange(id: EventId, given: unknown): void {
    // Written by `#publish` of some node.
    const changes = given as readonly Change[];
    for (const { table } of changes) if (table.startsWith("mark ")) this.#marks.get(table.slice(5))?.();
    // Of another node, too.
    if (changes.some(isOfStructure)) this.#watch.relearn();
    this.#table.change(id, changes);
  }

  onReset(id: EventId): void {
    this.#table.reset(id);
  }

  onNodeDeath(): void {
    this.#table.doubt("another node that has died");
  }

  close(): void {
    this.#watch.stop();
    this.#table.close();
  }

  async #check(name: string, schema: RegionDefinition["schema"], given: unknown): Promise<CheckedParams> {
    const checked = await checkParams(schema, given);
    if ("problems" in checked) throw paramsInvalid({ name, problems: checked.problems });
    return checked;
  }

  async #tell<Params extends object>(table: string, { region }: LiveRegion<Params>, params?: Params): Promise<void> {
    const checked = params && (await this.#check(region.name, region.schema, params));
    const only: Change["only"] = checked ? { params: [checked.key] } : {};
    let published: Promise<void> | undefined;
    afterCommit(() => {
      published = this.#publish([{ table, only }]);
      return published;
    });
    await published;
  }

  async #publish(changes: readonly Change[]): Promise<void> {
    if (this.#channel) await this.#channel.publishChanges(changes);
    else this.#early.splice(0, this.#early.length, ...mergeChanges([...this.#early, ...changes]));
  }
}

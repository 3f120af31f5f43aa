import type { Context } from "hono";
import type { StandardSchema } from "../../base/index.ts";
import { currentRequest, type Html, isShared, raw, readsViewer } from "../../html/index.ts";
import { everybody } from "../../sse/index.ts";
import { nameInvalid, outsidePage } from "../errors.ts";
import type { NothingPrivate } from "./private.ts";
import type { LiveRegion, RegionDefinition, RegionGrant, RegionGuard, RegionSources, RegionView } from "./region.ts";

type ParamsOf<Schema> = Schema extends StandardSchema<unknown, infer Output> ? Output & object : NoParams;
type InputOf<Schema> = Schema extends StandardSchema<infer Input, unknown> ? Input & object : NoParams;
type NoParams = Record<never, never>;

interface RegionOptions<Schema, Data, Person extends object, Audience extends string> {
  /** Unique in the app: 1 to 60 lower-case letters, digits and hyphens, starting with a letter. */
  readonly name: string;
  /** What the region is given in a page, such as `{ list: "7" }`: zod or any Standard Schema of an object. Default: nothing. */
  readonly params?: Schema;
  /** At most one update in this time, in milliseconds; the first at once, the last one always. Default: 50. */
  readonly everyMs?: number;
  /** The tables that `load` reads, for queries in SQL that is written by hand. Default: what its queries say. */
  readonly reads?: readonly string[];
  /** Reads what the region shows, outside of any request. It runs again after a change to what it has read. */
  readonly load: (sources: RegionSources & Person, params: ParamsOf<Schema>) => Data | Promise<Data>;
  /**
   * Draws it, once for all who see the same. Elements with ids are updated one by one; everything else is updated together. It must not ask
   * who is looking (`LIVE_READS_VIEWER`).
   */
  readonly render: (data: Data, view: RegionView<ParamsOf<Schema>, Audience>) => Html | Promise<Html>;
}

/** A region that looks the same to all who may see it. */
export interface SharedRegion<Schema, Data> extends RegionOptions<Schema, Data, NoParams, never> {
  /** Who may see it. Asked when a page is rendered, whenever its stream connects, and after `broker.reauthorize`. */
  readonly grant: RegionGrant<ParamsOf<Schema>>;
  readonly audience?: undefined;
  readonly audiences?: undefined;
}

/** A region that looks different to a few classes of people. */
export interface ClassifiedRegion<Schema, Data, Audience extends string>
  extends RegionOptions<Schema, Data, NoParams, Audience> {
  /** The classes, such as `["owner", "member"]`. Each costs a rendering, unless it looks the same. */
  readonly audiences: readonly Audience[];
  /** The class that a visitor belongs to, or false for those who may not see it. */
  readonly grant: (
    c: Context,
    params: ParamsOf<Schema>,
  ) => NoInfer<Audience> | false | Promise<NoInfer<Audience> | false>;
  readonly audience?: undefined;
}

/** A region of one person, which costs a query and a rendering for each. Only those who are logged in see it. */
export interface PersonalRegion<Schema, Data> extends RegionOptions<Schema, Data, { readonly userId: string }, never> {
  readonly audience: "person";
  readonly grant: RegionGrant<ParamsOf<Schema>>;
  readonly audiences?: undefined;
}

/** Any of them, as the framework sees it. */
interface AnyRegion
  extends Omit<RegionDefinition, "schema" | "audiences" | "everyMs" | "reads" | "grant" | "load" | "render"> {
  readonly params?: StandardSchema;
  readonly everyMs?: number;
  readonly reads?: readonly string[];
  readonly audience?: "person";
  readonly audiences?: readonly string[];
  readonly grant:
    | typeof everybody
    | RegionGuard
    | ((c: Context, params: unknown) => boolean | string | Promise<boolean | string>);
  readonly load: (sources: RegionSources & { readonly userId: string }, params: unknown) => unknown;
  readonly render: RegionDefinition["render"];
}

/**
 * Defines a live region: a component whose every copy in an open page stays true, without code that publishes anything. What `load` reads
 * is recorded, and a committed change to it updates the pages: one query and one rendering for all who see the same, however many there
 * are. List it in its part: `{ name: "lists", live: [ItemList], … }`. Throws `LIVE_NAME_INVALID`.
 */
export function live<Data, const Audience extends string, Schema extends StandardSchema | undefined = undefined>(
  options: ClassifiedRegion<Schema, Data, Audience> & NothingPrivate<Data, Audience>,
): LiveRegion<InputOf<Schema>>;
export function live<Data, Schema extends StandardSchema | undefined = undefined>(
  options: PersonalRegion<Schema, Data>,
): LiveRegion<InputOf<Schema>>;
export function live<Data, Schema extends StandardSchema | undefined = undefined>(
  options: SharedRegion<Schema, Data> & NothingPrivate<Data, never>,
): LiveRegion<InputOf<Schema>>;
export function live(options: object): LiveRegion<object> {
  // The signatures above say what fits together; from here on there is one kind of region.
  return defineRegion(options as AnyRegion);
}

function defineRegion(options: AnyRegion): LiveRegion<object> {
  const { name, params, grant, audience, audiences, everyMs = 50, reads, load, render } = options;
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(name)) throw nameInvalid({ name });
  const region: RegionDefinition = {
    name,
    schema: params,
    audiences: audience ?? audiences ?? [],
    everyMs,
    reads: reads?.map((table) => table.toLowerCase()),
    grant(c, given) {
      if (grant === everybody) return true;
      return "allows" in grant ? grant.allows(c) : grant(c, given);
    },
    load: (sources, given, userId) => load({ ...sources, userId }, given),
    render,
  };

  async function Region(props: object): Promise<Html> {
    if (isShared()) throw readsViewer({ name: `the region ${name}` });
    const c = currentRequest();
    const regions = c?.get("liveRegions");
    if (!c || !regions) throw outsidePage({ name });
    return raw(await regions.show(c, region, props));
  }
  return Object.assign(Region, { region });
}

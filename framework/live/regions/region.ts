import type { Context } from "hono";
import type { Logger, StandardSchema } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import type { Html } from "../../html/index.ts";
import type { everybody } from "../../sse/index.ts";
import type { Sealed } from "./private.ts";

/** What `load` works with. */
export interface RegionSources {
  readonly db: Database;
  readonly log: Logger;
  /** Who listens to a topic, as `broker.presence` says. It isn't recorded: see `kit.live.changed`. */
  presence(topic: string): readonly string[];
}

/** A guard that lets people see a region, such as `RequireLogin`. */
export interface RegionGuard {
  readonly name: string;
  allows(c: Context): boolean | Promise<boolean>;
}

/** Who may see a region: `everybody`, those whom a guard lets in, or those for whom a function returns true. */
export type RegionGrant<Params> =
  | typeof everybody
  | RegionGuard
  | ((c: Context, params: Params) => boolean | Promise<boolean>);

/** What `render` knows besides the data. */
export interface RegionView<Params, Audience extends string> {
  readonly params: Params;
  /** The class of those who will see it, one of `audiences`. */
  readonly audience: Audience;
  /** What `load` has sealed for this class; null if it's for another one. */
  reveal<T>(value: Sealed<T, Audience>): T | null;
}

/** A region as everything but its author knows it. */
export interface RegionDefinition {
  readonly name: string;
  readonly schema: StandardSchema | undefined;
  readonly audiences: readonly string[] | "person";
  readonly everyMs: number;
  readonly reads: readonly string[] | undefined;
  grant(c: Context, params: unknown): boolean | string | Promise<boolean | string>;
  load(sources: RegionSources, params: unknown, person: string): unknown;
  render(data: unknown, view: RegionView<unknown, string>): Html | Promise<Html>;
}

/** A live region: a component for pages, to list in the part that it belongs to (`Part.live`). */
export interface LiveRegion<Params extends object = never> {
  (props: Params): Promise<Html>;
  /** @internal */
  readonly region: RegionDefinition;
}

/** The audience of regions that look the same to all who may see them. */
export const sharedAudience = "";

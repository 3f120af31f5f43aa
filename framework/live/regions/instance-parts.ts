import type { EventId } from "../../sse/index.ts";
import type { Change, Read } from "../changes/change.ts";
import type { LiveCounters } from "./live-stats.ts";
import type { RegionDefinition } from "./region.ts";

/** What a region shows, as it was read. */
export interface LoadedData {
  readonly data: unknown;
  readonly reads: readonly Read[];
  /** Every change up to this place is in it. */
  readonly at: EventId;
  /** What `startLoad` returned. */
  readonly number: number;
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
  readonly load: () => Promise<Omit<LoadedData, "at">>;
  readonly render: (data: unknown, audience: string) => Promise<{ html: string; asksAudience: boolean }>;
  /** A page showed something else than it should by all that is known. */
  readonly onDoubt: () => void;
  /** Told each time it was loaded again, or could not be. */
  readonly onDrawn: (drawn: DrawnRegion) => void;
  /** Told once in a row of failures. */
  readonly onFailure: (error: unknown) => void;
}

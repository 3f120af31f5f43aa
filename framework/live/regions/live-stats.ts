/** What live regions cost on this node since it started. */
export interface LiveStats {
  /** Regions with different params, in memory. */
  readonly regions: number;
  /** How many regions open pages show, all pages counted. */
  readonly readers: number;
  readonly changes: number;
  readonly loads: number;
  readonly renders: number;
  readonly updates: number;
  readonly bytes: number;
  readonly failures: number;
}

export class LiveCounters {
  changes = 0;
  loads = 0;
  renders = 0;
  updates = 0;
  bytes = 0;
  failures = 0;
}

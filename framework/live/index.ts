export { live } from "./regions/define-region.tsx";
export { LiveRegions } from "./regions/live-regions.ts";
export type { LiveStats } from "./regions/live-stats.ts";
export { type Private, type Sealed, seal } from "./regions/private.ts";
export type {
  LiveRegion,
  RegionDefinition,
  RegionGrant,
  RegionGuard,
  RegionSources,
  RegionView,
} from "./regions/region.ts";
export { type LiveReport, type OpenRegion, type RegionUpdate, UpdateHistory } from "./regions/update-history.ts";

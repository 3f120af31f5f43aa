import { regionTaken } from "../errors.ts";
import type { RegionDefinition } from "./region.ts";

/** A part, as far as its live regions go. */
export interface PartWithRegions {
  readonly name: string;
  readonly live?: readonly { readonly region: RegionDefinition }[];
}

/** The live regions of all parts by name. Throws `LIVE_NAME_TAKEN`. */
export function collectRegions(parts: readonly PartWithRegions[]): ReadonlyMap<string, RegionDefinition> {
  const found = new Map<string, { readonly region: RegionDefinition; readonly part: string }>();
  for (const { name: part, live = [] } of parts) {
    for (const { region } of live) {
      const other = found.get(region.name);
      if (other && other.region !== region) throw regionTaken({ name: region.name, parts: [other.part, part] });
      found.set(region.name, { region, part });
    }
  }
  return new Map([...found].map(([name, { region }]) => [name, region]));
}

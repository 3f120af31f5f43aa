import { createHash } from "node:crypto";
import { everyTable, type Read } from "../changes/change.ts";
import type { RegionDefinition } from "./region.ts";

/** The same for the same region and params in every process. */
export function elementIdOf(name: string, key: string): string {
  const hash = createHash("sha256").update(`${name} ${key}`).digest("hex").slice(0, 12);
  return `live-${name}-${hash}`;
}

/** What a region is touched by besides what it reads. */
export function ownRead(region: RegionDefinition, key: string): Read {
  return { table: ownTable(region.name), where: { params: [key] } };
}

/** What the right to see a region is touched by. */
export function grantRead(region: RegionDefinition, key: string): Read {
  return { table: grantTable(region.name), where: { params: [key] } };
}

/** What stands for the right to see a region as if it were a table. */
export function grantTable(name: string): string {
  return `grant ${name}`;
}

/** What stands for a region as if it were a table. */
export function ownTable(name: string): string {
  return `region ${name}`;
}

/** What was seen that a region reads. One that says what it reads knows better than to depend on everything. */
export function readsOfRegion(region: RegionDefinition, seen: readonly Read[]): readonly Read[] {
  return region.reads === undefined ? seen : seen.filter(({ table }) => table !== everyTable);
}

/** For authors: `cards (board_id)`, or just `cards` if any row counts. */
export function describeReads(reads: readonly Read[]): readonly string[] {
  const names = reads
    .filter(({ table }) => !table.startsWith("region "))
    .map(({ table, where }) => {
      const columns = Object.keys(where);
      return columns.length > 0 ? `${table} (${columns.join(", ")})` : table;
    });
  return [...new Set(names)].sort();
}

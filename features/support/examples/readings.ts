import type { StreamClient } from "../stream-client.ts";

/** The parts of a relayed reading that scenarios look at. */
export interface Reading {
  readonly id: number;
  readonly temperature: number;
  readonly at: string;
  readonly filtered: number;
  readonly limited: number;
}

/** Waits for this many readings and returns the first of them. */
export async function readingsOf(client: StreamClient, count: number): Promise<Reading[]> {
  await client.count(count, ({ event }) => event === "reading");
  const readings = client.events.filter(({ event }) => event === "reading").slice(0, count);
  return readings.map(({ id, data }) => ({ ...JSON.parse(data), id: Number(id) }));
}

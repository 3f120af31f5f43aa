import type { StreamClient } from "./stream-client.ts";

/** A relayed reading, as far as the scenarios look at it. */
export interface ReadingSeen {
  readonly id: number;
  readonly temperature: number;
  readonly at: string;
  readonly filtered: number;
  readonly limited: number;
}

/** The first readings that came, awaited. */
export async function readingsOf(client: StreamClient, count: number): Promise<ReadingSeen[]> {
  await client.count(count, ({ event }) => event === "reading");
  const readings = client.events.filter(({ event }) => event === "reading").slice(0, count);
  return readings.map(({ id, data }) => ({ ...JSON.parse(data), id: Number(id) }));
}

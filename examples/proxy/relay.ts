import type { SSEEvent, SSEWriter } from "buffkit";
import { deliver } from "../deliver.ts";
import { follow, type Source } from "./follow.ts";
import { createRateLimit } from "./rate-limit.ts";
import { type Reading, readingSchema } from "./reading.ts";
import { isWanted, type RelayedReading, transform } from "./transform.ts";
import type { Wishes } from "./wishes.ts";

/**
 * Relays the upstream to one reader: transformed, filtered, limited in rate, with `info` events about the line. When the reader
 * leaves, the upstream request is aborted; while the reader is slow, the upstream waits.
 */
export async function relay(writer: SSEWriter, source: Source, wishes: Wishes): Promise<void> {
  const mayPass = createRateLimit(wishes.perSecond);
  let filtered = 0;
  let limited = 0;
  for await (const followed of follow(source, writer.signal)) {
    if (followed.kind !== "event") {
      const { kind: state, ...details } = followed;
      await deliver(writer, json("info", { state, ...details, ...wishes, filtered, limited }));
      continue;
    }
    const reading = parseReading(followed.event.data);
    if (followed.event.event !== "reading" || reading === null) continue;
    const relayed = transform(reading, wishes);
    if (!isWanted(relayed, wishes)) filtered += 1;
    else if (!mayPass()) limited += 1;
    else await deliver(writer, { ...json("reading", { ...relayed, filtered, limited }), id: followed.event.id });
  }
}

function json(event: string, value: Partial<RelayedReading> | object): SSEEvent {
  return { event, data: JSON.stringify(value) };
}

/** What the upstream says is input like any other: what is no reading is not passed on. */
function parseReading(text: string): Reading | null {
  try {
    return readingSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

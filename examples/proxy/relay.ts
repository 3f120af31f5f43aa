import type { SSEEvent, SSEWriter } from "buffkit";
import { sendWithBackpressure } from "../send-with-backpressure.ts";
import { follow, type Source } from "./follow.ts";
import { createRateLimit } from "./rate-limit.ts";
import { type Reading, readingSchema } from "./reading.ts";
import type { RelayOptions } from "./relay-options.ts";
import { isWanted, type RelayedReading, transform } from "./transform.ts";

/**
 * Relays the upstream to one reader: transformed, filtered and rate-limited, with `info` events about the connection. When the
 * reader leaves, the upstream request is aborted; while the reader is slow, the upstream waits.
 */
export async function relay(writer: SSEWriter, source: Source, options: RelayOptions): Promise<void> {
  const mayPass = createRateLimit(options.perSecond);
  let filtered = 0;
  let limited = 0;
  for await (const followed of follow(source, writer.signal)) {
    if (followed.kind !== "event") {
      const { kind: state, ...details } = followed;
      await sendWithBackpressure(writer, json("info", { state, ...details, ...options, filtered, limited }));
      continue;
    }
    const reading = parseReading(followed.event.data);
    if (followed.event.event !== "reading" || reading === null) continue;
    const relayed = transform(reading, options);
    if (!isWanted(relayed, options)) filtered += 1;
    else if (!mayPass()) limited += 1;
    else
      await sendWithBackpressure(writer, {
        ...json("reading", { ...relayed, filtered, limited }),
        id: followed.event.id,
      });
  }
}

function json(event: string, value: Partial<RelayedReading> | object): SSEEvent {
  return { event, data: JSON.stringify(value) };
}

/** Data from the upstream is untrusted input: anything that isn't a reading is dropped. */
function parseReading(text: string): Reading | null {
  try {
    return readingSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What a trigger asks a server to broadcast. */
export interface BroadcastRequest {
  /** The number of events. */
  readonly events: number;
  /** Events per second; 0 means as fast as possible. */
  readonly rate: number;
  /** Bytes of data in each event. */
  readonly size: number;
  /** Events published in one turn of the event loop. */
  readonly burst: number;
}

const mostEvents = 10_000_000;
const mostBytes = 10_000_000;

/** Reads `/go?events=M&rate=R&size=B&burst=K`; missing and invalid values default to 1, 0, 200 and 1. */
export function parseBroadcastRequest(url: string): BroadcastRequest {
  const query = new URL(url, "http://localhost").searchParams;
  return {
    events: readCount(query.get("events"), { fallback: 1, most: mostEvents }),
    rate: readCount(query.get("rate"), { fallback: 0, most: 1_000_000 }),
    size: readCount(query.get("size"), { fallback: 200, most: mostBytes }),
    burst: Math.max(1, readCount(query.get("burst"), { fallback: 1, most: 10_000 })),
  };
}

/** The path that sends the request to a server. */
export function formatBroadcastRequest(request: BroadcastRequest): string {
  return `/go?events=${request.events}&rate=${request.rate}&size=${request.size}&burst=${request.burst}`;
}

function readCount(text: string | null, { fallback, most }: { fallback: number; most: number }): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : fallback;
}

/** What one trigger asks a server to broadcast. */
export interface Order {
  /** How many events. */
  readonly events: number;
  /** Events a second; 0 means as fast as it goes. */
  readonly rate: number;
  /** Bytes of data in each event. */
  readonly size: number;
  /** Events published in one turn of the event loop. */
  readonly burst: number;
}

const mostEvents = 10_000_000;
const mostBytes = 10_000_000;

/** Reads `/go?events=M&rate=R&size=B&burst=K`; a missing or senseless value counts as 1, 0, 200 and 1. */
export function readOrder(url: string): Order {
  const query = new URL(url, "http://localhost").searchParams;
  return {
    events: readCount(query.get("events"), { otherwise: 1, most: mostEvents }),
    rate: readCount(query.get("rate"), { otherwise: 0, most: 1_000_000 }),
    size: readCount(query.get("size"), { otherwise: 200, most: mostBytes }),
    burst: Math.max(1, readCount(query.get("burst"), { otherwise: 1, most: 10_000 })),
  };
}

/** The path that carries the order to a server. */
export function formatOrder(order: Order): string {
  return `/go?events=${order.events}&rate=${order.rate}&size=${order.size}&burst=${order.burst}`;
}

function readCount(text: string | null, { otherwise, most }: { otherwise: number; most: number }): number {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
}

/**
 * The id of a broadcast, `<epoch>-<sequence>`, two whole numbers: of a Redis Stream entry, or of this process's own log. It is a
 * position in one order of all broadcasts, and thereby the cursor of whoever received it.
 */
export interface EventId {
  readonly epoch: number;
  readonly sequence: number;
}

const form = /^(\d{1,16})-(\d{1,16})$/;

/** The id in a text that a client sent, or null for anything else. */
export function parseEventId(text: string | undefined): EventId | null {
  const match = text === undefined ? null : form.exec(text);
  return match ? { epoch: Number(match[1]), sequence: Number(match[2]) } : null;
}

export function formatEventId(id: EventId): string {
  return `${id.epoch}-${id.sequence}`;
}

/** Negative when `a` came first, positive when `b` did, zero when they are the same. */
export function compareEventIds(a: EventId, b: EventId): number {
  return a.epoch - b.epoch || a.sequence - b.sequence;
}

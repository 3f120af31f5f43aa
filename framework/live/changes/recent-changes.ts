import { compareEventIds, type EventId } from "../../sse/index.ts";
import type { Change, Read } from "./change.ts";
import { touches } from "./touches.ts";

interface Entry {
  readonly id: EventId;
  readonly changes: readonly Change[];
}

const maxEntries = 4096;

/** The changes that this node heard of last, with their places in the order of all messages. */
export class RecentChanges {
  readonly #entries: Entry[] = [];
  #floor: EventId = { epoch: 0, sequence: 0 };

  add(id: EventId, changes: readonly Change[]): void {
    this.#entries.push({ id, changes });
    if (this.#entries.length <= maxEntries) return;
    const dropped = this.#entries.splice(0, maxEntries / 4).pop();
    if (dropped) this.#floor = dropped.id;
  }

  /** Changes up to this place may be missing. */
  reset(id: EventId): void {
    this.#entries.length = 0;
    this.#floor = id;
  }

  /** Whether there may have been a change to what was read after a place. */
  hasSince(reads: readonly Read[], place: EventId): boolean {
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      if (!entry || !isAfter(entry.id, place)) return false;
      if (isTouched(reads, entry.changes)) return true;
    }
    return isAfter(this.#floor, place);
  }

  /** The place of the newest change to what was read, or the place before which nothing is known. */
  newest(reads: readonly Read[]): EventId {
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      if (entry && isTouched(reads, entry.changes)) return entry.id;
    }
    return this.#floor;
  }
}

/** Whether one of the changes may be to what was read. */
export function isTouched(reads: readonly Read[], changes: readonly Change[]): boolean {
  return changes.some((change) => reads.some((read) => touches(read, change)));
}

export function isAfter(one: EventId, other: EventId): boolean {
  return compareEventIds(one, other) > 0;
}

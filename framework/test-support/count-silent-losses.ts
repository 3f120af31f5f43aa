/** An event as a page received it, with its name in one of two spellings. */
export interface SeenEvent {
  readonly event?: string;
  readonly name?: string;
  readonly data: string;
}

/**
 * How many of the events `n` or `number` with `["sender", n]` a page misses without having been told. Each sender counts by one; a resync between two
 * numbers says that some may be missing.
 */
export function countSilentLosses(events: readonly SeenEvent[]): number {
  const newest = new Map<string, number>();
  let losses = 0;
  for (const { event, name = event, data } of events) {
    if (name === "bk:resync") newest.clear();
    if (name !== "n" && name !== "number") continue;
    const [sender, n]: readonly [string, number] = JSON.parse(data);
    losses += Math.max(0, n - (newest.get(sender) ?? n - 1) - 1);
    newest.set(sender, n);
  }
  return losses;
}

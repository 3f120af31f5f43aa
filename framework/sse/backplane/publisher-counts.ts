const remembered = 1000;

/** The running numbers of the processes that publish: a number seen before was sent twice, and a number left out was lost. */
export class PublisherCounts {
  readonly #counts = new Map<string, { readonly count: number; readonly mayJump: boolean }>();

  /** The numbers of this process between the newest one and this one, which are missing: from the first up to, not including, the last. */
  skipped(publisher: string, count: number): { readonly from: number; readonly until: number } | null {
    const known = this.#counts.get(publisher);
    const isGap = known !== undefined && !known.mayJump && count > known.count + 1;
    return isGap ? { from: known.count + 1, until: count } : null;
  }

  /** Whether this is the first time that the number comes; remembers it. */
  isNew(publisher: string, count: number): boolean {
    if (publisher === "") return true;
    if (count <= (this.#counts.get(publisher)?.count ?? 0)) return false;
    this.#counts.delete(publisher);
    this.#counts.set(publisher, { count, mayJump: false });
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > remembered && oldest !== undefined) this.#counts.delete(oldest);
    return true;
  }

  /** After a gap that is known, numbers that were lost in it don't make it known again. */
  allowJumps(): void {
    for (const [publisher, { count }] of this.#counts) this.#counts.set(publisher, { count, mayJump: true });
  }
}

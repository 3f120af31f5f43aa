/** A region that was loaded and drawn again, or should have been. */
export interface RegionUpdate {
  readonly region: string;
  /** As JSON. */
  readonly params: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** The tables whose changes were the reason. */
  readonly tables: readonly string[];
  /** The statements that made these changes, without their values. */
  readonly statements: readonly string[];
  /** How many pages it was sent to; 0 if its markup was the same as before. */
  readonly pages: number;
  readonly bytes: number;
  readonly ms: number;
  /** Why it failed. */
  readonly error?: string;
}

/** A region that open pages show. */
export interface OpenRegion {
  readonly region: string;
  /** As JSON. */
  readonly params: string;
  /** What it reads: tables, with the columns of its conditions. `*` if that can't be seen. */
  readonly reads: readonly string[];
  /** How many pages show it to which audience. */
  readonly audiences: readonly { readonly audience: string; readonly pages: number }[];
}

/** What the pages of development show. */
export interface LiveReport {
  /** Nothing is kept in production. */
  readonly history: UpdateHistory;
  /** What open pages of this node show. */
  readonly open: readonly OpenRegion[];
}

const maxUpdates = 200;

/** The newest 200 updates of regions, for the pages of development. */
export class UpdateHistory {
  readonly #updates: RegionUpdate[] = [];
  readonly #listeners = new Set<() => void>();

  /** The newest first. */
  get latest(): readonly RegionUpdate[] {
    return this.#updates.toReversed();
  }

  add(update: RegionUpdate): void {
    this.#updates.push(update);
    if (this.#updates.length > maxUpdates) this.#updates.shift();
    this.tell();
  }

  /** Says that something is different: an update, or what pages have open. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` whenever something is different. Returns a function that stops this. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Why nothing more may be held. */
export type PendingRefusal = "address" | "total";

export interface PendingBytesOptions {
  /** How many bytes one address may have waiting. */
  readonly maxPerAddress: number;
  readonly maxInTotal: number;
}

/** What one request holds. */
export interface PendingHold {
  /** Adds bytes, or says which bound they would exceed. */
  add(bytes: number): PendingRefusal | undefined;
  release(): void;
}

/** Counts the bytes that requests hold in memory, per address and in total. Without an address, only the total counts. */
export class PendingBytes {
  readonly #options: PendingBytesOptions;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(options: PendingBytesOptions) {
    this.#options = options;
  }

  hold(address: string | undefined): PendingHold {
    let held = 0;
    return {
      add: (bytes) => {
        if (this.#total + bytes > this.#options.maxInTotal) return "total";
        if (address !== undefined && this.#of(address) + bytes > this.#options.maxPerAddress) return "address";
        this.#change(address, bytes);
        held += bytes;
        return undefined;
      },
      release: () => {
        this.#change(address, -held);
        held = 0;
      },
    };
  }

  #of(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  #change(address: string | undefined, bytes: number): void {
    this.#total += bytes;
    if (address === undefined) return;
    const now = this.#of(address) + bytes;
    if (now > 0) this.#byAddress.set(address, now);
    else this.#byAddress.delete(address);
  }
}

import { type Broker, createBroker } from "buffkit";

export type Change = "up" | "down" | "reset";

/** One number, and the broker that shows it to everyone. */
export class SharedCount {
  readonly broker: Broker = createBroker();
  #value = 0;
  #revision = 0;

  get value(): number {
    return this.#value;
  }

  /** Incremented by every change, so that a page never goes back to an older value. */
  get revision(): number {
    return this.#revision;
  }

  change(how: Change): void {
    this.#value = how === "reset" ? 0 : this.#value + (how === "up" ? 1 : -1);
    this.#revision += 1;
  }

  /** Ends the streams. */
  async close(): Promise<void> {
    await this.broker.close();
  }
}

interface Closable {
  close(): void | Promise<void>;
}

/** What was opened, to be closed in reverse order, once. */
export class Closers {
  #open: (() => void | Promise<void>)[] = [];
  #closing: Promise<void> | undefined;

  add(close: () => void | Promise<void>): void {
    this.#open.push(close);
  }

  /** Notes that the thing must be closed, and gives it back. */
  keep<T extends Closable>(thing: T): T {
    this.add(() => thing.close());
    return thing;
  }

  /** Closes everything; one that fails does not keep the others open, and the first failure is thrown at the end. */
  closeAll(): Promise<void> {
    this.#closing ??= this.#closeInReverse();
    return this.#closing;
  }

  async #closeInReverse(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#open.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#open = [];
    if (failures.length > 0) throw failures[0];
  }
}

interface Closable {
  close(): void | Promise<void>;
}

/** Open resources, to be closed once and in reverse order. */
export class Disposables {
  #open: (() => void | Promise<void>)[] = [];
  #closing: Promise<void> | undefined;

  add(close: () => void | Promise<void>): void {
    this.#open.push(close);
  }

  /** Adds something with a `close` method and returns it. */
  keep<T extends Closable>(resource: T): T {
    this.add(() => resource.close());
    return resource;
  }

  /** Closes everything, even if closing one resource fails; the first failure is thrown at the end. */
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

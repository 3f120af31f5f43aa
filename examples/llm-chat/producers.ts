/** Counts the answers in progress, to show that a stopped one really stops. */
export class Producers {
  running = 0;
  completed = 0;
  stopped = 0;
  /** Tokens generated so far, sent or not. */
  tokens = 0;

  /** Passes the tokens on and counts how the answer ended. */
  async *watch(tokens: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string> {
    this.running += 1;
    try {
      for await (const token of tokens) {
        this.tokens += 1;
        yield token;
      }
    } finally {
      this.running -= 1;
      if (signal.aborted) this.stopped += 1;
      else this.completed += 1;
    }
  }
}

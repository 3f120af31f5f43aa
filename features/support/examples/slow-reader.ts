import { get, type IncomingMessage } from "node:http";

/** A client that opens a stream and reads nothing until told to. */
export class SlowReader {
  readonly #response: IncomingMessage;

  private constructor(response: IncomingMessage) {
    this.#response = response;
  }

  static async connect(url: string): Promise<SlowReader> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, resolve).once("error", reject);
    });
    response.on("error", () => {});
    return new SlowReader(response);
  }

  startReading(): void {
    this.#response.resume();
  }

  leave(): void {
    this.#response.destroy();
  }
}

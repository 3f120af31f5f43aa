import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";

/** A client that opens a stream and reads only when told. */
export class SlowReader {
  readonly #response: IncomingMessage;

  private constructor(response: IncomingMessage) {
    this.#response = response;
  }

  static async connect(url: string): Promise<SlowReader> {
    const request = get(url);
    const [response] = (await once(request, "response")) as [IncomingMessage]; // what node:http emits there
    response.on("error", () => {});
    return new SlowReader(response);
  }

  readOn(): void {
    this.#response.resume();
  }

  leave(): void {
    this.#response.destroy();
  }
}

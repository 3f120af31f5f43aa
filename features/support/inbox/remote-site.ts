import { createServer, type Server } from "node:http";
import { listenLocally } from "../listen.ts";

/** Another site that records which paths are requested from it. */
export class RemoteSite {
  readonly origin: string;
  readonly #server: Server;
  readonly #requests: string[];

  private constructor(server: Server, port: number, requests: string[]) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#requests = requests;
  }

  static async start(): Promise<RemoteSite> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? "");
      response.end();
    });
    return new RemoteSite(server, await listenLocally(server), requests);
  }

  get requests(): readonly string[] {
    return this.#requests;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

import { join } from "node:path";
import { type Config, createLogger, type Kit, type RunningServer, serve, wire } from "buffkit";
import { Hono } from "hono";
import { freePort } from "../../framework/test-support/free-port.ts";
import { freeFolder } from "./free-folder.ts";
import { StreamClient } from "./stream-client.ts";

export const strongSecret = "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe";

export interface WiredAppOptions {
  readonly config?: Config;
  /** Adds routes after `wire`. */
  readonly routes?: (app: Hono, kit: Kit) => void;
}

/** An app in this process, wired as users of the framework do, on its own port with an in-memory database. */
export class WiredApp {
  readonly app: Hono;
  readonly kit: Kit;
  readonly url: string;
  /** The log so far. */
  readonly logLines: readonly string[];
  readonly #server: RunningServer;
  readonly #folder: { remove(): void };
  readonly #clients: StreamClient[] = [];

  private constructor(parts: {
    app: Hono;
    kit: Kit;
    server: RunningServer;
    logLines: string[];
    folder: { remove(): void };
  }) {
    this.app = parts.app;
    this.kit = parts.kit;
    this.url = parts.server.url;
    this.logLines = parts.logLines;
    this.#server = parts.server;
    this.#folder = parts.folder;
  }

  static async start({ config = {}, routes }: WiredAppOptions = {}): Promise<WiredApp> {
    const app = new Hono();
    const port = await freePort();
    const logLines: string[] = [];
    const folder = freeFolder("wired");
    const kit = await wire(app, {
      dev: true,
      authSecret: strongSecret,
      databaseUrl: "sqlite::memory:",
      appUrl: `http://localhost:${port}`,
      root: folder.path,
      log: createLogger({ destination: { write: (line: string) => void logLines.push(line) } }),
      ...(config.dev === false ? { mail: "log" } : { mail: { inboxFolder: join(folder.path, "data", "mail") } }),
      ...config,
    });
    routes?.(app, kit);
    const server = await serve(app, kit, { port });
    return new WiredApp({ app, kit, server, logLines, folder });
  }

  /** Connects a client to the app's stream; it disconnects when the app stops. */
  async connect(path = "/events", headers: Record<string, string> = {}): Promise<StreamClient> {
    const client = await StreamClient.connect(this.url + path, headers);
    this.#clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.leave();
    await this.#server.close();
    this.#folder.remove();
  }
}

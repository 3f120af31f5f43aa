import { requestFailed } from "../errors.ts";
import type { LoadOptions } from "../load/load-options.ts";
import type { LoadReport } from "../load/load-report.ts";
import { type BroadcastRequest, formatBroadcastRequest } from "../servers/broadcast-request.ts";
import type { LoadClient } from "./load-client.ts";
import type { RunningServer } from "./running-server.ts";

/** A load without the options that the stage fills in. */
export interface Load extends Omit<LoadOptions, "port" | "pid" | "events" | "trigger"> {
  /** What the server broadcasts (default: nothing, streams are only opened). */
  readonly broadcast?: Partial<BroadcastRequest> & { readonly events: number };
  /** Events that each stream waits for (default: those of the broadcast). With more, the load ends after the quiet time. */
  readonly expects?: number;
  /** Whether the streams are compressed: then the Node client reads them. */
  readonly isCompressed?: boolean;
}

/** One server with its load clients: what a scenario works with. */
export class Stage {
  readonly server: RunningServer;
  readonly isQuick: boolean;
  readonly #clients: { readonly plain: LoadClient; readonly compressed: LoadClient };

  constructor(server: RunningServer, clients: { plain: LoadClient; compressed: LoadClient }, isQuick: boolean) {
    this.server = server;
    this.#clients = clients;
    this.isQuick = isQuick;
  }

  /** Asks the server for something else than events. @throws {KitError} BENCH_REQUEST_FAILED */
  async ask(path: string, method: "GET" | "POST" = "GET"): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.server.port}${path}`, { method });
    const text = await response.text();
    if (!response.ok) throw requestFailed({ path, status: response.status, text });
    return text;
  }

  /** Runs one load against the server and returns what the client saw. */
  async load({
    broadcast,
    isCompressed = false,
    expects = broadcast?.events ?? 0,
    ...rest
  }: Load): Promise<LoadReport> {
    const { port, pid } = this.server;
    const trigger =
      broadcast === undefined
        ? {}
        : { trigger: formatBroadcastRequest({ rate: 0, size: 200, burst: 1, ...broadcast }) };
    const client = isCompressed ? this.#clients.compressed : this.#clients.plain;
    return await client.run({ ...rest, ...trigger, events: expects, port, pid });
  }
}

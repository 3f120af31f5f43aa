import type { LoadOptions } from "../load/load-options.ts";
import type { LoadReport } from "../load/load-report.ts";
import { type BroadcastRequest, formatBroadcastRequest } from "../servers/broadcast-request.ts";
import type { LoadClient } from "./load-client.ts";
import type { RunningServer } from "./running-server.ts";

/** A load without the options that the stage fills in. */
export interface Load extends Omit<LoadOptions, "port" | "pid" | "events" | "trigger"> {
  /** What the server broadcasts (default: nothing, streams are only opened). */
  readonly broadcast?: Partial<BroadcastRequest> & { readonly events: number };
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

  /** Runs one load against the server and returns what the client saw. */
  async load({ broadcast, isCompressed = false, ...rest }: Load): Promise<LoadReport> {
    const { port, pid } = this.server;
    const trigger =
      broadcast === undefined
        ? {}
        : { trigger: formatBroadcastRequest({ rate: 0, size: 200, burst: 1, ...broadcast }) };
    const client = isCompressed ? this.#clients.compressed : this.#clients.plain;
    return await client.run({ ...rest, ...trigger, events: broadcast?.events ?? 0, port, pid });
  }
}

import type { LoadOrder } from "../load/load-order.ts";
import type { LoadReport } from "../load/load-report.ts";
import { formatOrder, type Order } from "../servers/order.ts";
import type { LoadClient } from "./load-client.ts";
import type { RunningServer } from "./running-server.ts";

/** A load without what the stage knows itself. */
export interface Load extends Omit<LoadOrder, "port" | "pid" | "events" | "trigger"> {
  /** What the server is to broadcast; none: streams are only opened. */
  readonly broadcast?: Partial<Order> & { readonly events: number };
  /** The streams are compressed: the Node client reads them. */
  readonly isCompressed?: boolean;
}

/** One server with the clients that can load it: what a scenario works with. */
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
      broadcast === undefined ? {} : { trigger: formatOrder({ rate: 0, size: 200, burst: 1, ...broadcast }) };
    const client = isCompressed ? this.#clients.compressed : this.#clients.plain;
    return await client.run({ ...rest, ...trigger, events: broadcast?.events ?? 0, port, pid });
  }
}

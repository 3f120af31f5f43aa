import { type IncomingMessage, type Server, ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long a server that is too busy to accept them all may be given. */
const longestAcceptMs = 5_000;

/**
 * The sockets of an HTTP server, and how they end without cutting off a request: the server stops listening, each response says
 * `Connection: close`, and what is idle after that is closed. Node's own list doesn't include sockets that became event streams.
 */
export class Connections {
  /** For `createServer`. */
  readonly ServerResponse: typeof ServerResponse;
  readonly #open = new Set<Socket>();
  #accepted = 0;
  #isDraining = false;

  constructor() {
    const isDraining = () => this.#isDraining;
    this.ServerResponse = class<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
      // Every response passes here, also those whose requests were in progress when the draining began.
      override writeHead(...given: [number, ...never[]]): this {
        if (isDraining()) this.shouldKeepAlive = false;
        return super.writeHead(...given);
      }
    };
  }

  get size(): number {
    return this.#open.size;
  }

  /** Called once, before the server listens. */
  watch(server: Server): void {
    const open = this.#open;
    const forget = function (this: Socket) {
      open.delete(this);
    };
    server.on("connection", (socket: Socket) => {
      this.#accepted += 1;
      open.add(socket);
      socket.on("close", forget);
    });
  }

  /** Accepts no new connections. From now on each response asks its client to close the connection. */
  async stopListening(server: Server, withinMs: number): Promise<void> {
    await this.#acceptWaiting(Math.min(withinMs, longestAcceptMs));
    // Node's HTTP server would also cut idle connections now, while a proxy may be sending a request on one of them.
    NetServer.prototype.close.call(server);
    this.#isDraining = true;
  }

  /** Closes the connections that carry no request. */
  async closeIdle(server: Server): Promise<void> {
    // What has arrived on them is read first.
    await nextTurn();
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    for (const socket of this.#open) if (socket.bytesRead === 0) socket.destroy();
  }

  /** Cuts off everything that is left. */
  cut(server: Server): void {
    for (const socket of this.#open) socket.destroy();
    // Stops the timer that checks for slow requests.
    server.close(() => undefined);
  }

  /**
   * The system resets connections that are waiting to be accepted when the port closes. Each turn of the event loop accepts one, so the
   * first turn without any has accepted the last.
   */
  async #acceptWaiting(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    await nextTurn();
    for (let before = -1; this.#accepted !== before && performance.now() < until; ) {
      before = this.#accepted;
      await nextTurn();
    }
  }
}

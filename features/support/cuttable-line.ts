import { connect, createServer, type Server, type Socket } from "node:net";
import { listenLocally } from "./listen.ts";

/** A TCP proxy in front of a server whose connections can be cut or stalled. Until it is restored, a cut one refuses new ones as well. */
export class CuttableLine {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #isStalled = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://localhost:${port}`;
  }

  static async to(target: string): Promise<CuttableLine> {
    const { port } = new URL(target);
    const server = createServer((near) => {
      if (line.#isCut) {
        near.destroy();
        return;
      }
      if (line.#isStalled) {
        line.#sockets.add(near.pause().on("error", () => undefined));
        return;
      }
      const far = connect(Number(port), "127.0.0.1");
      for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
        line.#sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => {
          line.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    const line = new CuttableLine(server, await listenLocally(server));
    return line;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on nothing gets through, but all connections stay open, and new ones are accepted. */
  stall(): void {
    this.#isStalled = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  restore(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

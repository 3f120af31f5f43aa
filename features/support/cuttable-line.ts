import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A network line to a server that can be cut and mended: what goes over it breaks off, and nobody answers meanwhile. */
export class CuttableLine {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(server: Server) {
    this.#server = server;
    const { port } = server.address() as AddressInfo; // it listens on TCP
    this.url = `http://localhost:${port}`;
  }

  static async to(target: string): Promise<CuttableLine> {
    const { port } = new URL(target);
    const server = createServer((near) => {
      if (line.#isCut) {
        near.destroy();
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
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const line = new CuttableLine(server);
    return line;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

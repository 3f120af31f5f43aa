import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a local port whose connections can go silent without ending, as when a cable is pulled or a firewall forgets them. */
export class SilentLine {
  readonly #server: Server;
  readonly #ends = new Set<readonly [near: Socket, far: Socket]>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    server.on("connection", (near) => this.#carry(near, connect(port, "127.0.0.1")));
  }

  static async to(port: number): Promise<SilentLine> {
    const server = createServer();
    const line = new SilentLine(server, port);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return line;
  }

  get port(): number {
    // An address of a listening TCP server.
    return (this.#server.address() as AddressInfo).port;
  }

  /** The connections that exist carry nothing more; new ones work. */
  silence(): void {
    for (const [near, far] of this.#ends) {
      near.unpipe(far);
      far.unpipe(near);
      far.destroy();
      // Takes what is sent, so that only the missing reply tells.
      near.resume();
    }
  }

  async close(): Promise<void> {
    for (const ends of this.#ends) for (const end of ends) end.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #carry(near: Socket, far: Socket): void {
    this.#ends.add([near, far]);
    for (const end of [near, far]) end.on("error", () => undefined);
    near.pipe(far);
    far.pipe(near, { end: false });
    near.on("close", () => far.destroy());
  }
}

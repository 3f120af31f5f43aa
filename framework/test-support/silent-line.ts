import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a local port whose connections can go silent without ending, as when a cable is pulled or a firewall forgets them, or stall. */
export class SilentLine {
  readonly #server: Server;
  readonly #ends = new Set<readonly [near: Socket, far: Socket]>();
  readonly #silenced: Socket[] = [];
  #isStalled = false;

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

  /** All connections carry nothing, also new ones, which are accepted, until `resume`. */
  stall(): void {
    this.#isStalled = true;
    for (const ends of this.#ends) this.#stop(ends);
  }

  /** The same connections carry again what was sent in the meantime. */
  resume(): void {
    this.#isStalled = false;
    for (const ends of this.#ends) this.#start(ends);
  }

  /** The connections that exist carry nothing more; new ones work. */
  silence(): void {
    for (const ends of this.#ends) {
      const [near, far] = ends;
      this.#ends.delete(ends);
      this.#silenced.push(near);
      near.unpipe(far);
      far.unpipe(near);
      far.destroy();
      // Takes what is sent, so that only the missing reply tells.
      near.resume();
    }
  }

  async close(): Promise<void> {
    for (const end of [...this.#ends].flat().concat(this.#silenced)) end.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #carry(near: Socket, far: Socket): void {
    const ends = [near, far] as const;
    this.#ends.add(ends);
    for (const end of ends) end.on("error", () => undefined);
    if (!this.#isStalled) this.#start(ends);
    near.on("close", () => {
      this.#ends.delete(ends);
      far.destroy();
    });
    far.on("close", () => {
      if (this.#ends.delete(ends)) near.destroy();
    });
  }

  #start([near, far]: readonly [Socket, Socket]): void {
    near.pipe(far);
    far.pipe(near, { end: false });
  }

  #stop([near, far]: readonly [Socket, Socket]): void {
    near.unpipe(far);
    far.unpipe(near);
    near.pause();
    far.pause();
  }
}

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Tells the harness, on standard output, which port a contender listens on. */
export function announce(port: number): void {
  process.stdout.write(`listening ${port}\n`);
}

/** Makes a server listen on loopback on a free port, and announces it. */
export function listen(server: Server): void {
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
    const address: AddressInfo | string | null = server.address();
    if (address !== null && typeof address === "object") announce(address.port);
  });
}

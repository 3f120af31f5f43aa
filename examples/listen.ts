import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";

/** Listens on `PORT` (default: 3000; 0 picks a free one), prints the URL, and shuts down on SIGINT and SIGTERM. */
export function listen(name: string, app: Hono, close: () => void | Promise<void> = () => {}): void {
  const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" });
  server.once("listening", () => {
    const { port } = server.address() as AddressInfo; // a TCP server that listens has an address with a port
    process.stdout.write(`${name}: http://localhost:${port}\n`);
  });

  async function stop(): Promise<void> {
    await close();
    process.exit(0);
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
}

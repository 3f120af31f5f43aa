import { createServer } from "node:net";

const tries = 20;

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The first free port, starting at `first`; undefined if none of twenty is free. */
export async function firstFreePort(first: number, host = "127.0.0.1"): Promise<number | undefined> {
  if (first === 0) return 0;
  for (let port = first; port < first + tries; port++) {
    if (await isFree(port, host)) return port;
  }
  return undefined;
}

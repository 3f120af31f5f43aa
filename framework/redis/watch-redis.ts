import type { Redis } from "ioredis";

export interface WatchOptions {
  /** How often the server is asked for a sign of life. Default: 500. */
  readonly everyMs?: number;
  /** How long it may owe one. Must be longer than any command blocks on this connection. Default: 2,500. */
  readonly limitMs?: number;
}

/**
 * Sends PING on a connection, and drops it when nothing comes back: the server hangs, or the network between them is gone, which TCP
 * alone notices after a quarter of an hour. ioredis then connects again. Stops when the client is closed.
 */
export function watchRedis(client: Redis, { everyMs = 500, limitMs = 2500 }: WatchOptions = {}): void {
  let owedSince: number | undefined;
  let bytesRead = 0;
  const owe = () => {
    owedSince = performance.now();
  };
  const answered = () => {
    owedSince = undefined;
  };
  const hasHeard = () => {
    const before = bytesRead;
    bytesRead = client.stream?.bytesRead ?? 0;
    return bytesRead !== before;
  };
  const check = () => {
    if (hasHeard() && owedSince !== undefined) owe();
    if (owedSince === undefined) {
      if (client.status !== "ready") return;
      owe();
      client.ping().then(answered, answered);
    } else if (performance.now() - owedSince > limitMs) {
      // This process may have been busy itself: what has arrived in the meantime is read first.
      const { stream } = client;
      setImmediate(() => setImmediate(() => !hasHeard() && client.stream === stream && dropConnection(client)));
    }
  };
  // The replies of the handshake are due.
  client.on("connect", owe);
  client.on("ready", answered);
  client.on("close", answered);
  const timer = setInterval(check, everyMs).unref();
  client.on("end", () => clearInterval(timer));
}

/** Closes a connection at once, which the client then opens again. */
export function dropConnection(client: Redis): void {
  client.disconnect(true);
  // Closing politely would wait for a server that doesn't answer.
  client.stream.destroy();
}

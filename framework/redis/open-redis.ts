import type { Redis, RedisOptions } from "ioredis";
import { redisDriverMissing } from "./errors.ts";
import { watchRedis } from "./watch-redis.ts";

export type { Redis } from "ioredis";

export interface OpenRedisOptions extends RedisOptions {
  /** Told about every failed attempt to connect. ioredis reconnects by itself; default: ignored. */
  readonly onError?: (error: Error) => void;
}

/** After this long without traffic, TCP asks the other end whether it is still there. */
export const keepAliveMs = 10_000;

/** The client class of ioredis, an optional peer that is loaded on first use. Throws `REDIS_DRIVER_MISSING`. */
export async function loadRedis(): Promise<typeof Redis> {
  try {
    return (await import("ioredis")).Redis;
  } catch (cause) {
    throw redisDriverMissing({ cause });
  }
}

/** Opens a connection, which the caller closes. Throws `REDIS_DRIVER_MISSING`; failures to connect go to `onError`. */
export async function openRedis(url: string, options: OpenRedisOptions = {}): Promise<Redis> {
  const Client = await loadRedis();
  return createRedis(Client, url, options);
}

/** The same with a class that is already loaded. The connection is dropped and opened again when the server stops responding. */
export function createRedis(Client: typeof Redis, url: string, options: OpenRedisOptions = {}): Redis {
  const { onError = () => {}, ...settings } = options;
  const client = new Client(url, { keepAlive: keepAliveMs, ...settings });
  // Without a listener ioredis prints to standard error.
  client.on("error", onError);
  watchRedis(client);
  return client;
}

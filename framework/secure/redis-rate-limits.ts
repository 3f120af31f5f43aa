import type { Redis } from "ioredis";
import { missingRedisClient } from "./errors.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";

/**
 * Counters in Redis, shared by all nodes. A command that takes longer than two seconds fails rather than waits, so that a
 * stalled Redis refuses log-ins instead of piling them up. Owns its connection.
 */
export async function createRedisRateLimits(redisUrl: string, prefix = "buffkit:limit"): Promise<RateLimitStore> {
  const client = await connect(redisUrl);
  // Loaded here, as apps without Redis have no use for it.
  const { RateLimiterRedis } = await import("rate-limiter-flexible");
  return {
    limiterFor: (rule) =>
      new RateLimiterRedis({
        storeClient: client,
        keyPrefix: `${prefix}:${rule.name}`,
        points: rule.limit,
        duration: Math.ceil(rule.windowMs / 1000),
        rejectIfRedisNotReady: true,
      }),
    deleteExpired: async () => 0,
    close: async () => client.disconnect(),
  };
}

async function connect(redisUrl: string): Promise<Redis> {
  try {
    const { Redis: Client } = await import("ioredis");
    const client = new Client(redisUrl, { commandTimeout: 2000, maxRetriesPerRequest: 1, lazyConnect: true });
    // The client reconnects by itself, and what fails meanwhile is told to whoever asked; an unheard event would be printed.
    client.on("error", () => {});
    await client.connect().catch(() => {});
    return client;
  } catch (cause) {
    throw missingRedisClient({ cause });
  }
}

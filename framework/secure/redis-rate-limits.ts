import { openRedis } from "../redis/index.ts";
import type { RateLimitStore } from "./rate-limit-store.ts";

/**
 * Counters in Redis, shared by all nodes. A command that takes longer than two seconds fails rather than waits, so that a
 * stalled Redis refuses log-ins instead of piling them up. Owns its connection.
 */
export async function createRedisRateLimits(redisUrl: string, prefix = "buffkit:limit"): Promise<RateLimitStore> {
  // The client reconnects by itself; what fails until then is reported to the caller.
  const client = await openRedis(redisUrl, { commandTimeout: 2000, maxRetriesPerRequest: 1, lazyConnect: true });
  await client.connect().catch(() => {});
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

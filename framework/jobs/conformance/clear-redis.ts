import { Redis } from "ioredis";

/** Deletes all keys with the prefix, which a test left in a shared Redis. */
export async function clearRedis(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  await redis.quit();
}

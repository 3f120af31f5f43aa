import { Redis } from "ioredis";

/** Takes away all keys that begin with the prefix: what a test has left in the Redis that it shares with others. */
export async function clearRedis(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  await redis.quit();
}

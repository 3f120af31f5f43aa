import { openRedis, type Redis } from "../../redis/index.ts";
import { redisNotReady } from "../errors.ts";
import type { Counter, RateLimitStore } from "./rate-limit-store.ts";

/** Adds and reads in one step, and gives a new counter its lifetime. */
const addScript = `
local points = redis.call("incrby", KEYS[1], ARGV[1])
local remaining = redis.call("pttl", KEYS[1])
if remaining < 0 then
  redis.call("pexpire", KEYS[1], ARGV[2])
  remaining = tonumber(ARGV[2])
end
return {points, remaining}`;

/**
 * Counters in Redis, shared by all nodes. A command that takes longer than two seconds fails, so that a stalled Redis refuses logins
 * instead of queueing them. Owns its connection.
 */
export async function createRedisRateLimits(redisUrl: string, prefix = "buffkit:limit"): Promise<RateLimitStore> {
  // The client reconnects by itself; what fails until then is reported to the caller.
  const client = await openRedis(redisUrl, { commandTimeout: 2000, maxRetriesPerRequest: 1, lazyConnect: true });
  await client.connect().catch(() => {});
  return {
    async add(key, points, durationMs) {
      const reply = await ready(client).eval(addScript, 1, `${prefix}:${key}`, points, Math.ceil(durationMs));
      return readCounter(reply);
    },
    async set(key, points, durationMs) {
      await ready(client).set(`${prefix}:${key}`, points, "PX", Math.ceil(durationMs));
    },
    async delete(key) {
      await ready(client).del(`${prefix}:${key}`);
    },
    deleteExpired: async () => 0,
    close: async () => client.disconnect(),
  };
}

/** Fails at once while there is no connection; ioredis would queue the command. */
function ready(client: Redis): Redis {
  if (client.status !== "ready") throw redisNotReady({ status: client.status });
  return client;
}

function readCounter(reply: unknown): Counter {
  const [points, remainingMs]: readonly unknown[] = Array.isArray(reply) ? reply : [];
  return { points: Number(points), remainingMs: Number(remainingMs) };
}

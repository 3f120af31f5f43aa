import type { RedisOptions } from "ioredis";
import { KitError, type Logger, reasonOf } from "../../base/index.ts";
import { redactUrl } from "../../db/index.ts";
import { createRedis, dropConnection, keepAliveMs, loadRedis, type Redis, reportOutages } from "../../redis/index.ts";
import { bullmqMissing, redisUnusable } from "../errors.ts";

/** The packages that jobs on Redis need: optional peers, loaded on first use. */
export interface RedisPackages {
  readonly Redis: typeof Redis;
  readonly bullmq: typeof import("bullmq");
}

export async function loadRedisPackages(): Promise<RedisPackages> {
  const Client = await loadRedis();
  try {
    return { Redis: Client, bullmq: await import("bullmq") };
  } catch (cause) {
    throw bullmqMissing({ cause });
  }
}

/** Pings the server. Throws `JOBS_REDIS_UNUSABLE` ("failed to initialize jobs") if it doesn't respond within `timeoutMs`. */
export async function probeRedis(packages: RedisPackages, url: string, timeoutMs = 1500): Promise<void> {
  const address = redactUrl(url);
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw redisUnusable({ address, reason: "it isn't a redis:// or rediss:// URL" });
  }
  const client = new packages.Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // ioredis reports the reason (refused, unknown host, wrong password) only in this event.
  let reason: Error | undefined;
  client.on("error", (error) => {
    reason = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(redisUnusable({ address, reason: `no response within ${timeoutMs} ms` })),
      timeoutMs,
    );
  });
  try {
    await Promise.race([client.connect().then(() => client.ping()), deadline]);
  } catch (error) {
    if (error instanceof KitError) throw error;
    const cause = reason ?? error;
    throw redisUnusable({ address, reason: reasonOf(cause), cause });
  } finally {
    clearTimeout(timer);
    client.disconnect();
  }
}

/** A connection for enqueuing and reading, once it is ready. What it can't send fails instead of waiting for the end of an outage. */
export async function createProducerConnection(packages: RedisPackages, url: string, log: Logger): Promise<Redis> {
  const client = createRedis(packages.Redis, url, {
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: retryDelay,
    reconnectOnError: isReplica,
  });
  reportOutages(client, log, {
    away: "Redis is away; jobs can't be enqueued, and none run, until it is back",
    back: "Redis is back; jobs run again",
  });
  await new Promise<void>((resolve) => {
    client.once("ready", resolve);
    setTimeout(resolve, readyMs).unref();
  });
  return client;
}

/** A connection for a worker, which keeps retrying a lost server while `mayWait` allows it. */
export function createWorkerConnection(
  packages: RedisPackages,
  url: string,
  options: { readonly log: Logger; mayWait(): boolean },
): Redis {
  const settings: RedisOptions = {
    maxRetriesPerRequest: null,
    // BullMQ opens more connections with the same settings. This is the only way to stop their retries.
    retryStrategy: (tries) => (options.mayWait() ? retryDelay(tries) : null),
    reconnectOnError: isReplica,
  };
  // The connection for enqueuing reports outages.
  const onError = (error: Error) => options.log.debug({ err: error }, "a worker's connection to Redis failed");
  const client = createRedis(packages.Redis, url, { ...settings, onError });
  const copies: Redis[] = [];
  // BullMQ's copies block for up to ten seconds, so they can't be asked for a sign of life themselves.
  client.duplicate = (override) => {
    const copy = new packages.Redis(url, { ...settings, keepAlive: keepAliveMs, ...override });
    copy.on("error", onError);
    copies.push(copy);
    return copy;
  };
  client.on("reconnecting", () => {
    for (const copy of copies) if (copy.status === "ready") dropConnection(copy);
  });
  return client;
}

const readyMs = 2000;

function retryDelay(tries: number): number {
  return Math.min(tries * 50, 1000);
}

/** After a failover, the server at the old address refuses writes. A new connection finds the new one. */
function isReplica(error: Error): boolean {
  return /^READONLY/.test(error.message);
}

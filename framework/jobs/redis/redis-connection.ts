import { KitError, type Logger, reasonOf } from "../../base/index.ts";
import { redactUrl } from "../../db/index.ts";
import { loadRedis, type Redis } from "../../redis/index.ts";
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

/** A connection for enqueuing and reading. A command without a reply fails after two seconds instead of blocking a request. */
export function createProducerConnection(packages: RedisPackages, url: string, log: Logger): Redis {
  return logged(new packages.Redis(url, { commandTimeout: 2000, maxRetriesPerRequest: 1 }), log);
}

/** A connection for a worker, which keeps retrying a lost server while `mayWait` allows it. */
export function createWorkerConnection(
  packages: RedisPackages,
  url: string,
  options: { readonly log: Logger; mayWait(): boolean },
): Redis {
  // BullMQ opens a second, private connection with the same settings. This is the only way to stop its retries.
  const retryStrategy = (tries: number) => (options.mayWait() ? Math.min(tries * 50, 2000) : null);
  return logged(new packages.Redis(url, { maxRetriesPerRequest: null, retryStrategy }), options.log);
}

function logged(client: Redis, log: Logger): Redis {
  // Without a listener ioredis writes to standard error on its own.
  client.on("error", (error) => log.warn({ err: error }, "the connection to Redis for jobs failed"));
  return client;
}

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

/** Asks the server one question within `timeoutMs`; a Redis that gives no answer is a KitError that says "failed to initialize jobs". */
export async function probeRedis(packages: RedisPackages, url: string, timeoutMs = 1500): Promise<void> {
  const address = redactUrl(url);
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw redisUnusable({ address, reason: "it is no address of the form redis://… or rediss://…" });
  }
  const client = new packages.Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // ioredis tells the reason (refused, unknown host, wrong password) only by this event.
  let reason: Error | undefined;
  client.on("error", (error) => {
    reason = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(redisUnusable({ address, reason: `no answer within ${timeoutMs} ms` })), timeoutMs);
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

/** A connection for enqueuing and looking: a command that gets no answer fails after two seconds instead of holding a request. */
export function createProducerConnection(packages: RedisPackages, url: string, log: Logger): Redis {
  return logged(new packages.Redis(url, { commandTimeout: 2000, maxRetriesPerRequest: 1 }), log);
}

/** A connection for a worker, which waits for a lost server as long as it may. */
export function createWorkerConnection(
  packages: RedisPackages,
  url: string,
  options: { readonly log: Logger; mayWait(): boolean },
): Redis {
  // BullMQ makes a second connection with the same settings and keeps it to itself: only so can its retrying be ended.
  const retryStrategy = (tries: number) => (options.mayWait() ? Math.min(tries * 50, 2000) : null);
  return logged(new packages.Redis(url, { maxRetriesPerRequest: null, retryStrategy }), options.log);
}

function logged(client: Redis, log: Logger): Redis {
  // Without a listener ioredis writes to standard error by itself.
  client.on("error", (error) => log.warn({ error: error.message }, "the connection to Redis for jobs failed"));
  return client;
}

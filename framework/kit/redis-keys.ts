import type { Config } from "./config.ts";

export interface RedisKeys {
  /** The stream of broadcasts. */
  readonly events: string;
  readonly limits: string;
  readonly jobs: string;
}

/** The names of what one app keeps in Redis. Two apps with different names do not meet there; nodes of one app do. */
export function redisKeys({ redisPrefix, appName = "" }: Config): RedisKeys {
  const prefix = redisPrefix ?? (nameOf(appName) || "buffkit");
  return { events: `${prefix}:events`, limits: `${prefix}:limits`, jobs: `${prefix}:jobs` };
}

function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

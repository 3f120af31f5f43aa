import { KitError } from "../base/index.ts";

export function redisDriverMissing(facts: { readonly cause: unknown }): KitError {
  return new KitError({
    code: "REDIS_DRIVER_MISSING",
    message: "REDIS_URL is set, but the package ioredis isn't installed.",
    hint: "Run `npm install ioredis bullmq`, or remove REDIS_URL to run on a single node.",
    cause: facts.cause,
  });
}

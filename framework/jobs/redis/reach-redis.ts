import { codeOf, reasonOf } from "../../base/index.ts";
import type { Redis } from "../../redis/index.ts";
import { jobsUnavailable } from "../errors.ts";

/** How long somebody waits for a reply, in milliseconds. */
const standardReplyMs = 2000;

/** What ioredis reports when there is no connection, or when it breaks. */
const lostTexts = /^(Connection is closed|Stream isn't writeable|Command timed out|Reached the max retries)/;
const lostNames = new Set(["ReplyError", "MaxRetriesPerRequestError", "AbortError"]);

/**
 * Does something that needs Redis, for a caller who has somebody waiting. Fails at once while there is no connection, and after two seconds
 * without a reply. Throws `JOBS_UNAVAILABLE`, also for what Redis refuses, such as a write when its memory is full.
 */
export async function reachRedis<T>(client: Redis, work: () => Promise<T>, replyMs = standardReplyMs): Promise<T> {
  if (client.status !== "ready") throw jobsUnavailable({ reason: "there is no connection" });
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(jobsUnavailable({ reason: `no reply within ${replyMs} ms` })), replyMs);
  });
  try {
    return await Promise.race([work(), expired]);
  } catch (error) {
    throw isRedisError(error) ? jobsUnavailable({ reason: reasonOf(error), cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether an error is about Redis or the connection to it, rather than about a job. */
export function isRedisError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return lostNames.has(error.name) || lostTexts.test(error.message) || /^(?!ERR_)E[A-Z_]+$/.test(codeOf(error));
}

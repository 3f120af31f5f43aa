import { sendTimedOut } from "../errors.ts";

/** Resolves like the promise, or rejects with `MAIL_SEND_TIMED_OUT` after `timeoutMs`. */
export async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(sendTimedOut({ timeoutMs })), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { sendTimedOut } from "../errors.ts";

/** The value of a promise, or `MAIL_SEND_TIMED_OUT` when it takes longer than `timeoutMs`. */
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

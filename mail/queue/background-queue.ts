import type { ReadyMessage } from "../message/ready-message.ts";
import { isFinalRefusal } from "../message/refused-recipient.ts";
import { createMailAttempts } from "./attempt.ts";
import type { MailQueue, MailQueueOptions } from "./queue.ts";
import { mailRetries } from "./retries.ts";

export interface BackgroundQueueOptions extends MailQueueOptions {
  readonly afterCommit?: (action: () => void | Promise<void>) => boolean;
}

/**
 * Delivers in this process, with retries and at the end an error in the log. Messages that are still waiting when it ends are tried
 * once more and then lost.
 */
export function createBackgroundQueue(options: BackgroundQueueOptions): MailQueue {
  const { log, afterCommit = runNow } = options;
  const { attempts, baseMs, factor, maxMs } = mailRetries(options.retries);
  const attemptDelivery = createMailAttempts(options);
  const underway = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function deliverWithRetries(message: ReadyMessage, delayMs: number): Promise<void> {
    let left = message;
    const keep = (next: ReadyMessage) => {
      left = next;
    };
    await pause(delayMs, stopped.signal);
    for (let number = 1; ; number += 1) {
      const isLast = number >= attempts || stopped.signal.aborted;
      try {
        return await attemptDelivery(left, { number, keep });
      } catch (err) {
        const facts = { mail: message.id, subject: message.subject, attempt: number, err };
        if (isLast || isFinalRefusal(err)) return log.error(facts, "mail could not be sent, giving up");
        log.warn(facts, "mail could not be sent, will retry");
        await pause(Math.min(maxMs, baseMs * factor ** (number - 1)), stopped.signal);
      }
    }
  }

  return {
    async add(message, { delayMs = 0 }) {
      afterCommit(() => {
        const work = deliverWithRetries(message, delayMs).finally(() => underway.delete(work));
        underway.add(work);
      });
    },
    async drain(graceMs) {
      stopped.abort();
      await Promise.race([Promise.all(underway), pause(graceMs)]);
    },
  };
}

function runNow(action: () => void | Promise<void>): boolean {
  void action();
  return false;
}

/** Resolves after the time or when the signal aborts. Doesn't keep the process alive. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal?.addEventListener("abort", end);
  });
}

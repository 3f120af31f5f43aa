import type { Logger } from "../../framework/base/index.ts";
import type { ReadyMessage } from "../message/ready-message.ts";
import type { MailQueue } from "./queue.ts";

export interface BackgroundQueueOptions {
  readonly deliver: (message: ReadyMessage) => Promise<unknown>;
  readonly log: Logger;
  readonly afterCommit?: (action: () => void | Promise<void>) => boolean;
}

const attempts = 3;
const firstPauseMs = 1_000;

/** Delivers in this process: three attempts, 1 s and 2 s apart, then an error in the log. Messages are lost when it ends. */
export function createBackgroundQueue(options: BackgroundQueueOptions): MailQueue {
  const { deliver, log, afterCommit = runNow } = options;
  const underway = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function deliverWithRetries(message: ReadyMessage, delayMs: number): Promise<void> {
    await pause(delayMs, stopped.signal);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await deliver(message);
        return;
      } catch (err) {
        const facts = { mail: message.id, subject: message.subject, attempt, err };
        if (attempt >= attempts || stopped.signal.aborted) return log.error(facts, "mail could not be sent, giving up");
        log.warn(facts, "mail could not be sent, will retry");
        await pause(firstPauseMs * attempt, stopped.signal);
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
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal?.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
  });
}

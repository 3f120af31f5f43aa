import type { Logger } from "../../base/index.ts";
import { outsideTransaction } from "../../db/index.ts";

/** Runs work after the response, so that its duration can't be measured by the client. */
export interface AfterResponse {
  run(work: () => Promise<unknown>): void;
  /** Waits until all work is done. */
  idle(): Promise<void>;
}

/** The next event-loop turn would be too early: the response may still be rendering, and would be late only for some addresses. */
const headStartMs = 25;

/** Errors are logged, because nobody awaits the work. */
export function createAfterResponse(log: Logger): AfterResponse {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const later = () => new Promise<void>((resolve) => setTimeout(resolve, headStartMs)).then(work);
      const turn = outsideTransaction(later)
        .catch((error: unknown) => log.error({ err: error }, "work after a response failed"))
        .then(() => void running.delete(turn));
      running.add(turn);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

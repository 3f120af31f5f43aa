import type { Logger } from "../../base/index.ts";

/** Work that must not make one answer slower than another: it starts when the answer is on its way. */
export interface AfterResponse {
  run(work: () => Promise<unknown>): void;
  /** Waits until all of it is done. */
  idle(): Promise<void>;
}

/** The next turn of the event loop is too early: the answer may still be rendered then, and would be late for some addresses only. */
const headStartMs = 25;

/** What fails is logged, for nobody waits for it. */
export function createAfterResponse(log: Logger): AfterResponse {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const turn = new Promise<void>((resolve) => setTimeout(resolve, headStartMs))
        .then(work)
        .catch((error: unknown) => log.error({ error }, "work after an answer failed"))
        .then(() => void running.delete(turn));
      running.add(turn);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

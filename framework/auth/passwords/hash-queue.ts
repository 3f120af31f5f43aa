import { tooManyPasswords } from "../errors.ts";

/** Lets only so many expensive tasks run at once; the others wait in order, and past a bound they are refused. */
export interface HashQueue {
  /** Runs the task when its turn comes; throws `AUTH_TOO_MANY_PASSWORDS` (503) when too many wait already. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** Each task keeps a thread and 19 MiB busy, so both the number running and the number waiting are bounded. */
export function createHashQueue(limits: { readonly maxRunning: number; readonly maxWaiting: number }): HashQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(task) {
      if (running >= limits.maxRunning) {
        if (waiting.length >= limits.maxWaiting) throw tooManyPasswords({ waiting: waiting.length });
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running++;
      }
      try {
        return await task();
      } finally {
        // The turn is handed on without being given back, so that nobody can slip in between.
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}

import type { Answer, FaultProcess } from "./fault-process.ts";

/** Requests at a steady rate, regardless of earlier responses. */
export interface Load {
  /** Stops it and returns all responses once the last one has arrived. */
  stop(): Promise<readonly Answer[]>;
}

/** Sends the request that `next` returns for each number, `perSecond` times a second. */
export function startLoad(
  server: FaultProcess,
  perSecond: number,
  next: (n: number) => readonly ["GET" | "POST", string],
): Load {
  const pending: Promise<Answer>[] = [];
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    pending.push(server.ask(...next(n)));
  }, 1000 / perSecond);
  return {
    async stop() {
      clearInterval(timer);
      return await Promise.all(pending);
    },
  };
}

/** The number of responses per status. */
export function countStatuses(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export function percentile(answers: readonly Answer[], share: number): number {
  const sorted = answers.map(({ tookMs }) => tookMs).sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Whether a response reveals something about the server. */
export function tellsInside({ text }: Answer): boolean {
  return /fault_rows|insert into|select |sqlite|postgres|mysql|mariadb|better-sqlite3|ECONN|at \w+ \(/i.test(text);
}

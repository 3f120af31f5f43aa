import { freeFolder } from "../support/free-folder.ts";
import { type Answer, FaultProcess } from "./fault-process.ts";
import { judgeRows } from "./killed-writers.ts";
import { countStatuses, tellsInside } from "./load.ts";
import type { OwnDatabase } from "./own-database.ts";

/** What happened to a server and its rows while their database was restarted. */
export interface RestartFindings {
  readonly restarts: number;
  readonly statuses: Readonly<Record<number, number>>;
  /** The number of responses that reveal something about the server. */
  readonly telling: number;
  /** The longest time from when the database was back to the first successful request. */
  readonly healedMs: number;
  /** Failures among the requests that started more than two seconds after a restart and ended before the next one. */
  readonly lateFailures: number;
  readonly lost: number;
  readonly halves: number;
  readonly hasDied: boolean;
}

interface Timed extends Answer {
  readonly n: number;
  readonly begunAt: number;
}

interface Outage {
  readonly from: number;
  readonly to: number;
}

// Longer than the two seconds in which requests may fail, so that there are requests after them.
const calmMs = 3000;

/** Restarts the database as after a crash under 50 writes and reads a second; stops it at the end. */
export async function restartDatabase(database: OwnDatabase, restarts: number): Promise<RestartFindings> {
  const folder = freeFolder("restarted");
  try {
    const environment = { DATABASE_URL: database.url, FAULT_FOLDER: folder.path };
    const server = await FaultProcess.start({ environment });
    return await restartUnder(server, database, restarts).finally(() => server.end("SIGKILL"));
  } finally {
    await database.stop();
    folder.remove();
  }
}

async function restartUnder(server: FaultProcess, database: OwnDatabase, restarts: number): Promise<RestartFindings> {
  const pending: Promise<Timed>[] = [];
  let n = 0;
  const ask = async (number: number): Promise<Timed> => {
    const begunAt = performance.now();
    const answer = await (number % 2
      ? server.ask("POST", `/faults/rows/${number}`)
      : server.ask("GET", "/faults/done"));
    return { ...answer, n: number, begunAt };
  };
  const timer = setInterval(() => pending.push(ask(++n)), 20);
  const outages: Outage[] = [];
  try {
    await pause(calmMs);
    for (let restart = 0; restart < restarts; restart++) {
      const from = performance.now();
      await database.restart();
      outages.push({ from, to: performance.now() });
      await pause(calmMs);
    }
  } finally {
    clearInterval(timer);
  }
  const answers = await Promise.all(pending);
  const rows = await server.read<{ n: number }[]>("/faults/rows");
  const acknowledged = new Set(answers.filter(({ status }) => status === 201).map((answer) => answer.n));
  return { restarts, ...judge(answers, outages), ...judgeRows(rows, acknowledged), hasDied: server.hasEnded };
}

function judge(answers: readonly Timed[], outages: readonly Outage[]) {
  const [good, failed] = [answers.filter(isGood), answers.filter((answer) => !isGood(answer))];
  const calms = outages.map(({ to }, index) => ({ from: to + 2000, to: outages[index + 1]?.from ?? Infinity }));
  const isLate = ({ begunAt, tookMs }: Timed) => calms.some(({ from, to }) => begunAt > from && begunAt + tookMs < to);
  const firstGood = (moment: number) =>
    Math.min(...good.map(({ begunAt, tookMs }) => begunAt + tookMs).filter((at) => at > moment)) - moment;
  return {
    statuses: countStatuses(answers),
    telling: answers.filter((answer) => answer.status >= 400 && tellsInside(answer)).length,
    healedMs: Math.max(...outages.map(({ to }) => firstGood(to))),
    lateFailures: failed.filter(isLate).length,
  };
}

function isGood({ status }: Answer): boolean {
  return status === 200 || status === 201;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

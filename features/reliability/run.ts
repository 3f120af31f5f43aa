import { missingProgram } from "../../framework/test-support/missing-program.ts";
import { silenceMailServer } from "./dead-mail-server.ts";
import { endServerWithJob } from "./ended-server.ts";
import { cannotMount, fillDisk } from "./full-disk.ts";
import type { ProxyName } from "./guide-proxy.ts";
import { killWriters } from "./killed-writers.ts";
import { lockDatabase } from "./locked-database.ts";
import { hasToldAll, loseRedis } from "./lost-redis.ts";
import { hasMariadb, startOwnMariadb } from "./own-mariadb.ts";
import { findPostgres, startOwnPostgres } from "./own-postgres.ts";
import { type RestartFindings, restartDatabase } from "./restarted-database.ts";
import { hasRedisServer, restartRedis } from "./restarted-redis.ts";
import { hasRolled, restartRolling } from "./rolling-restart.ts";
import { cannotStall, hasStopped, stalls, stopStalled } from "./stalled-stop.ts";
import { dieUntold, isTrueEverywhere } from "./untold-commit.ts";

// `npm run reliability [name …]`: the fault tests of the suite in their long form, and the ones too slow for it. Prints the findings of
// each and exits with 1 if one fails.

interface Trial {
  readonly name: string;
  readonly cannotRun: () => string | undefined;
  /** Returns the findings, and whether they are good. */
  readonly run: () => Promise<readonly [findings: object, isGood: boolean]>;
}

const always = () => undefined;
const postgres = findPostgres();

const trials: readonly Trial[] = [
  {
    name: "locked",
    cannotRun: always,
    async run() {
      const found = await lockDatabase(3000);
      const hasFailed = Object.keys(found.statuses).some((status) => status !== "200" && status !== "201");
      return [found, !hasFailed && found.missing === 0 && found.lagP99Ms < found.machineLagP99Ms + 50];
    },
  },
  {
    name: "full",
    cannotRun: cannotMount,
    async run() {
      const found = await fillDisk();
      const isRefused = found.refused === 507 && !found.tellsInside;
      const isWell = found.read === 200 && found.hasStreamed && found.afterwards === 201;
      return [found, isRefused && isWell && found.lost === 0 && found.integrity === "ok"];
    },
  },
  {
    name: "killed",
    cannotRun: always,
    async run() {
      const rounds = Number(process.env.RELIABILITY_ROUNDS ?? 200);
      const found = await killWriters(rounds, (done) => done % 20 === 0 && process.stderr.write(`${done} rounds\n`));
      return [found, found.lost === 0 && found.halves === 0 && found.integrity === "ok"];
    },
  },
  {
    name: "postgres",
    cannotRun: () => (postgres ? undefined : "PostgreSQL's server isn't installed"),
    async run() {
      const found = await restartDatabase(await startOwnPostgres(postgres ?? ""), 5);
      return [found, hasSurvived(found)];
    },
  },
  {
    name: "mariadb",
    cannotRun: () => (hasMariadb() ? undefined : "MariaDB's server isn't installed"),
    async run() {
      const found = await restartDatabase(await startOwnMariadb(), 5);
      return [found, hasSurvived(found)];
    },
  },
  {
    name: "redis",
    cannotRun: () => (hasRedisServer() ? undefined : "redis-server isn't installed"),
    async run() {
      const found = await restartRedis(10_000);
      const isUnharmed = Object.keys(found.statuses).every((status) => status === "200");
      return [found, isUnharmed && found.pageP99Ms < 500 && found.lost === 0 && !found.hasDied];
    },
  },
  {
    name: "lost-redis",
    cannotRun: () => (hasRedisServer() ? undefined : "redis-server isn't installed"),
    async run() {
      const found = await loseRedis(Number(process.env.RELIABILITY_ROUNDS ?? 20));
      return [found, hasToldAll(found)];
    },
  },
  {
    name: "untold",
    cannotRun: () => (hasRedisServer() ? undefined : "redis-server isn't installed"),
    async run() {
      const found = await dieUntold();
      return [found, isTrueEverywhere(found)];
    },
  },
  {
    name: "mail",
    cannotRun: always,
    async run() {
      const found = await silenceMailServer();
      return [found, found.status === 202 && found.slowestMs < 500 && found.delivered === found.sent];
    },
  },
  {
    name: "ended",
    cannotRun: always,
    async run() {
      const found = await endServerWithJob();
      return [found, found.exitCode === 0 && found.done.length === 10 && found.doneLater.length === 11];
    },
  },
  rollingTrial("nginx", "-v"),
  rollingTrial("caddy", "version"),
  ...stalls.map((stall) => ({
    name: `stopping-${stall.replace(" ", "-").toLowerCase()}`,
    cannotRun: () => cannotStall(stall),
    async run(): Promise<readonly [object, boolean]> {
      const found = await stopStalled(stall);
      return [found, hasStopped(stall, found)];
    },
  })),
];

/** Ten rolling restarts in a row; about ten minutes. */
function rollingTrial(proxy: ProxyName, versionArgument: string): Trial {
  const rounds = Number(process.env.RELIABILITY_ROUNDS ?? 10);
  return {
    name: `rolling-${proxy}`,
    cannotRun: () => missingProgram(proxy, versionArgument) ?? missingProgram("redis-server") ?? undefined,
    async run() {
      const onRound = (round: number) => process.stderr.write(`${proxy}: round ${round}\n`);
      const found = await restartRolling({ proxy, rounds, requestsPerSecond: 200, streams: 300, onRound });
      return [found, hasRolled(found)];
    },
  };
}

function hasSurvived(found: RestartFindings): boolean {
  const isQuiet = Object.keys(found.statuses).every((status) => ["200", "201", "503"].includes(status));
  const isHealed = found.healedMs < 2000 && found.lateFailures === 0;
  return isQuiet && isHealed && found.telling + found.lost + found.halves === 0 && !found.hasDied;
}

const wanted = process.argv.slice(2);
let hasFailed = false;
for (const { name, cannotRun, run } of trials) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const reason = cannotRun();
  if (reason !== undefined) {
    process.stdout.write(`${name.padEnd(22)} skipped: ${reason}\n`);
    continue;
  }
  const [findings, isGood] = await run();
  hasFailed ||= !isGood;
  process.stdout.write(`${name.padEnd(22)} ${isGood ? "holds " : "BROKEN"} ${JSON.stringify(findings)}\n`);
}
process.exit(hasFailed ? 1 : 0);

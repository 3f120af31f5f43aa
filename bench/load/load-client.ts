/** The load client for machines without a C compiler, and for compressed streams. Same arguments and output as load-client.c. */
import { setTimeout as sleep } from "node:timers/promises";
import { type LoadOptions, parseLoadOptions } from "./load-options.ts";
import type { LoadReport } from "./load-report.ts";
import { LoadRun } from "./load-run.ts";
import { cpuSeconds, machineBusySeconds, residentKb } from "./process-usage.ts";

const options = parseLoadOptions(process.argv.slice(2));
process.stdout.write(`${JSON.stringify(await measure(options))}\n`);
process.exit(0);

async function measure(options: Required<LoadOptions>): Promise<LoadReport> {
  const run = new LoadRun(options);
  const beforeKb = residentKb(options.pid);
  const startedAt = process.hrtime.bigint();
  await run.connect();
  const connectSeconds = secondsSince(startedAt);
  await sleep(options.settle * 1000);

  const connectedKb = residentKb(options.pid);
  const before = readCpu(options.pid);
  let peakKb = connectedKb;
  const sampling = setInterval(() => {
    peakKb = Math.max(peakKb, residentKb(options.pid));
  }, 100);
  const firedAt = process.hrtime.bigint();
  await run.fire();
  await run.finish(firedAt);
  clearInterval(sampling);

  const cpu = readCpu(options.pid);
  const client = cpu.client - before.client;
  const server = cpu.server - before.server;
  const endKb = residentKb(options.pid);
  run.close();
  return {
    ...summarize(run, options, firedAt),
    connectSeconds,
    clientCpuSeconds: client,
    serverCpuSeconds: server,
    otherCpuSeconds: cpu.machine - before.machine - client - server,
    beforeKb,
    connectedKb,
    peakKb: Math.max(peakKb, endKb),
    endKb,
  };
}

function summarize(run: LoadRun, options: Required<LoadOptions>, firedAt: bigint) {
  const seconds = run.lastAt > firedAt ? Number(run.lastAt - firedAt) / 1e9 : 0;
  const delays = Float64Array.from(run.delaysMs).sort();
  const delay = (part: number) => delays[Math.floor(part * (delays.length - 1))] ?? 0;
  return {
    connected: run.connected,
    refused: run.refused,
    closedEarly: run.closedEarly,
    deliveries: run.deliveries,
    lost: options.events * (options.connections - options.stalled) - run.deliveries,
    otherEvents: run.otherEvents,
    bytes: run.bytes,
    seconds,
    firstSeconds: run.firstAt > firedAt ? Number(run.firstAt - firedAt) / 1e9 : 0,
    perSecond: seconds > 0 ? run.deliveries / seconds : 0,
    p50Ms: delay(0.5),
    p99Ms: delay(0.99),
    maxMs: delay(1),
    stalledDeliveries: run.stalledDeliveries,
    stalledClosed: run.stalledClosed,
  };
}

function readCpu(pid: number): { client: number; server: number; machine: number } {
  const own = process.cpuUsage();
  return {
    client: (own.user + own.system) / 1e6,
    server: pid > 0 ? cpuSeconds(pid) : 0,
    machine: machineBusySeconds(),
  };
}

function secondsSince(from: bigint): number {
  return Number(process.hrtime.bigint() - from) / 1e9;
}

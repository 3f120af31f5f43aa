/** The load client for machines without a C compiler, and for compressed streams. Same arguments and answer as load-client.c. */
import { setTimeout as sleep } from "node:timers/promises";
import { type LoadOrder, parseLoadOrder } from "./load-order.ts";
import type { LoadReport } from "./load-report.ts";
import { LoadRun } from "./load-run.ts";
import { cpuSeconds, machineBusySeconds, residentKb } from "./process-usage.ts";

const order = parseLoadOrder(process.argv.slice(2));
process.stdout.write(`${JSON.stringify(await measure(order))}\n`);
process.exit(0);

async function measure(order: Required<LoadOrder>): Promise<LoadReport> {
  const run = new LoadRun(order);
  const beforeKb = residentKb(order.pid);
  const startedAt = process.hrtime.bigint();
  await run.connect();
  const connectSeconds = secondsSince(startedAt);
  await sleep(order.settle * 1000);

  const connectedKb = residentKb(order.pid);
  const before = readCpu(order.pid);
  let peakKb = connectedKb;
  const sampling = setInterval(() => {
    peakKb = Math.max(peakKb, residentKb(order.pid));
  }, 100);
  const firedAt = process.hrtime.bigint();
  await run.fire();
  await run.finish(firedAt);
  clearInterval(sampling);

  const cpu = readCpu(order.pid);
  const client = cpu.client - before.client;
  const server = cpu.server - before.server;
  const endKb = residentKb(order.pid);
  run.close();
  return {
    ...summarise(run, order, firedAt),
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

function summarise(run: LoadRun, order: Required<LoadOrder>, firedAt: bigint) {
  const seconds = run.lastAt > firedAt ? Number(run.lastAt - firedAt) / 1e9 : 0;
  const delays = Float64Array.from(run.delaysMs).sort();
  const delay = (part: number) => delays[Math.floor(part * (delays.length - 1))] ?? 0;
  return {
    connected: run.connected,
    refused: run.refused,
    closedEarly: run.closedEarly,
    deliveries: run.deliveries,
    lost: order.events * (order.connections - order.stalled) - run.deliveries,
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

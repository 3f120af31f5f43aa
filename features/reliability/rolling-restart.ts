import { Agent, request } from "node:http";
import { join } from "node:path";
import { freePort } from "../../framework/test-support/free-port.ts";
import { startRedis } from "../../framework/test-support/test-redis.ts";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { type GuideProxy, type ProxyName, startGuideProxy } from "./guide-proxy.ts";
import { type CrowdFindings, StreamCrowd } from "./stream-crowd.ts";
import { waitFor } from "./wait-for.ts";

export interface RollingOptions {
  readonly proxy: ProxyName;
  /** How often both nodes are restarted, one after the other. */
  readonly rounds: number;
  readonly requestsPerSecond: number;
  readonly streams: number;
  readonly onRound?: (round: number) => void;
}

export interface RollingFindings extends CrowdFindings {
  readonly requests: number;
  /** Requests that failed, by kind and status; 0 means that the connection broke. */
  readonly failed: Readonly<Record<string, number>>;
  /** Acknowledged rows that do not exist. */
  readonly lostRows: number;
  readonly exitCodes: readonly (number | null)[];
  /** From SIGTERM to the exit. */
  readonly slowestExitMs: number;
}

/** Whether nobody noticed the restarts, and each process ended within the grace. */
export function hasRolled({ failed, missed, lostRows, exitCodes, slowestExitMs }: RollingFindings): boolean {
  const isWhole = Object.keys(failed).length === 0 && missed === 0 && lostRows === 0;
  return isWhole && exitCodes.every((code) => code === 0) && slowestExitMs < 30_000;
}

interface Sent {
  readonly kind: "page" | "broadcast" | "row";
  readonly n: number;
  readonly status: number;
}

/** Restarts two nodes behind a proxy, one after the other, under a steady load of requests and with many open streams. */
export async function restartRolling(options: RollingOptions): Promise<RollingFindings> {
  const folder = freeFolder("rolling");
  const redis = await startRedis();
  const [proxyPort, ...ports] = [await freePort(), await freePort(), await freePort()];
  const boot = (port: number) =>
    FaultProcess.start({ port, environment: environmentOf(proxyPort, folder.path, redis.url) });
  const nodes: FaultProcess[] = [];
  let proxy: GuideProxy | undefined;
  let crowd: StreamCrowd | undefined;
  const load = new SteadyLoad(`http://127.0.0.1:${proxyPort}`, options.requestsPerSecond);
  try {
    for (const port of ports) nodes.push(await boot(port));
    proxy = await startGuideProxy(options.proxy, { port: proxyPort, nodes: ports, folder: folder.path });
    const pages = new StreamCrowd(proxy.url, options.streams);
    crowd = pages;
    await waitFor("all streams to open", () => pages.open === options.streams, 120_000);
    load.start();
    const exits: { code: number | null; tookMs: number }[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const [index, node] of nodes.entries()) {
        const begunAt = performance.now();
        const code = await node.end("SIGTERM");
        exits.push({ code, tookMs: Math.round(performance.now() - begunAt) });
        nodes[index] = await boot(node.port);
      }
      options.onRound?.(round);
    }
    const sent = await load.stop();
    const heard = sent.filter(({ kind, status }) => kind === "broadcast" && status === 202).map(({ n }) => n);
    await waitFor("the last broadcasts", () => pages.missing(heard) === 0, 30_000).catch(() => undefined);
    return {
      requests: sent.length,
      failed: countFailures(sent),
      lostRows: await countLostRows(load, sent),
      ...pages.findings(heard),
      exitCodes: [...new Set(exits.map(({ code }) => code))],
      slowestExitMs: Math.max(...exits.map(({ tookMs }) => tookMs)),
    };
  } finally {
    crowd?.leave();
    load.end();
    await proxy?.stop();
    for (const node of nodes) await node.end("SIGKILL");
    await redis.kill();
    folder.remove();
  }
}

function environmentOf(proxyPort: number, folder: string, redisUrl: string): Record<string, string> {
  return {
    APP_URL: `http://127.0.0.1:${proxyPort}`,
    DATABASE_URL: `sqlite:${join(folder, "app.db")}`,
    FAULT_FOLDER: folder,
    REDIS_URL: redisUrl,
    FAULT_MANY_STREAMS: "1",
    TRUST_PROXY: "loopback",
  };
}

/** One request in ten is a broadcast, two write rows, and the others read a page. */
class SteadyLoad {
  readonly #url: string;
  readonly #perSecond: number;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #pending: Promise<Sent>[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, perSecond: number) {
    this.#url = url;
    this.#perSecond = perSecond;
  }

  start(): void {
    const startedAt = performance.now();
    this.#timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1000) * this.#perSecond;
      while (this.#pending.length < due) this.#pending.push(this.#send(this.#pending.length));
    }, 5);
  }

  /** Stops it and returns everything that was sent, once the last answer has arrived. */
  async stop(): Promise<readonly Sent[]> {
    clearInterval(this.#timer);
    return await Promise.all(this.#pending);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#agent.destroy();
  }

  async ask(method: "GET" | "POST", path: string): Promise<{ readonly status: number; readonly text: string }> {
    return await new Promise((resolve) => {
      const asked = request(this.#url + path, { method, agent: this.#agent }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", () => resolve({ status: 0, text }));
      });
      asked.on("error", (error) => resolve({ status: 0, text: String(error) }));
      asked.end();
    });
  }

  async #send(n: number): Promise<Sent> {
    const kind = n % 10 === 0 ? "broadcast" : n % 10 < 3 ? "row" : "page";
    if (kind === "page") return { kind, n, status: (await this.ask("GET", "/faults/ping")).status };
    const path = kind === "row" ? `/faults/rows/${n}` : `/faults/broadcast/${n}`;
    return { kind, n, status: (await this.ask("POST", path)).status };
  }
}

function countFailures(sent: readonly Sent[]): Readonly<Record<string, number>> {
  const failed: Record<string, number> = {};
  for (const { kind, status } of sent) {
    if (status >= 200 && status < 300) continue;
    failed[`${kind} ${status}`] = (failed[`${kind} ${status}`] ?? 0) + 1;
  }
  return failed;
}

async function countLostRows(load: SteadyLoad, sent: readonly Sent[]): Promise<number> {
  const rows = JSON.parse((await load.ask("GET", "/faults/rows")).text) as { n: number }[]; // written by the fault server
  const found = new Set(rows.map(({ n }) => n));
  return sent.filter(({ kind, n, status }) => kind === "row" && status === 201 && !found.has(n)).length;
}

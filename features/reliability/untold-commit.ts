import { join } from "node:path";
import { startRedis } from "../../framework/test-support/test-redis.ts";
import { openStream, type TestStream } from "../../framework/test-support/test-stream.ts";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { waitFor } from "./wait-for.ts";

export interface UntoldFindings {
  readonly heartbeatMs: number;
  /** Whether the page of the other server still showed what was before, right after the commit. */
  readonly wasBehind: boolean;
  /** How long the page of the other server showed it. */
  readonly otherPageMs: number;
  /** Whether a page of the killed server that connects again is told, by the other server and by the one that takes its place. */
  readonly isToldByOther: boolean;
  readonly isToldBySuccessor: boolean;
  /** How often the other server loaded the region again because a server was stopped in an orderly way. */
  readonly loadsAfterGoodbye: number;
}

const heartbeatMs = 3000;

/** Whether every page was right in time, and nobody did anything for a server that said goodbye. */
export function isTrueEverywhere(found: UntoldFindings): boolean {
  const isTold = found.isToldByOther && found.isToldBySuccessor;
  return found.wasBehind && found.otherPageMs <= found.heartbeatMs && isTold && found.loadsAfterGoodbye === 0;
}

/** Kills one of two servers between a commit and the message about it, starts another in its place, and stops that one in an orderly way. */
export async function dieUntold(): Promise<UntoldFindings> {
  const folder = freeFolder("untold");
  const redis = await startRedis();
  const environment = {
    DATABASE_URL: `sqlite:${join(folder.path, "app.db")}`,
    FAULT_FOLDER: folder.path,
    FAULT_HEARTBEAT_MS: String(heartbeatMs),
    REDIS_URL: redis.url,
  };
  const servers: FaultProcess[] = [];
  const pages: TestStream[] = [];
  const start = async () => {
    const server = await FaultProcess.start({ environment });
    servers.push(server);
    return server;
  };
  const open = async (server: FaultProcess, path: string) => {
    const page = await openStream(server.url + path);
    pages.push(page);
    await page.event("bk:hello");
    return page;
  };
  try {
    const [other, killed] = [await start(), await start()];
    await killed.ask("POST", "/faults/rows/1");
    await waitFor("the first row", async () => (await shownBy(other)).text.includes("rows: 1<"));
    const otherPage = await open(other, (await shownBy(other)).stream);
    const { stream: killedStream } = await shownBy(killed);

    await killed.ask("POST", "/faults/die-untold");
    const { status } = await killed.ask("POST", "/faults/rows/2");
    await killed.exit();
    const killedAt = performance.now();
    const wasBehind = status === 0 && !otherPage.text.includes("rows: 1,2<");
    const otherPageTrue = waitFor("the other page", () => otherPage.text.includes("rows: 1,2<"), 30_000);
    const otherPageTook = otherPageTrue.then(() => Math.round(performance.now() - killedAt));
    const successor = await start();
    const backAtSuccessor = await open(successor, killedStream);
    const isToldBySuccessor = await hears(backAtSuccessor, "rows: 1,2<");
    const otherPageMs = await otherPageTook;
    const isToldByOther = await hears(await open(other, killedStream), "rows: 1,2<");

    const loads = await other.read<number>("/faults/loads");
    await successor.end("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, heartbeatMs * 1.5));
    const loadsAfterGoodbye = (await other.read<number>("/faults/loads")) - loads;
    return { heartbeatMs, wasBehind, otherPageMs, isToldByOther, isToldBySuccessor, loadsAfterGoodbye };
  } finally {
    for (const page of pages) await page.leave();
    for (const server of servers) await server.end("SIGKILL");
    await redis.remove();
    folder.remove();
  }
}

/** Opens the page. Returns what it says, and the address of its stream. */
async function shownBy(server: FaultProcess): Promise<{ readonly text: string; readonly stream: string }> {
  const { text } = await server.ask("GET", "/faults/shown");
  const [, token = "", at = ""] = /data-live="([^"]+)" data-live-at="([^"]+)"/.exec(text) ?? [];
  return { text, stream: `/events?live=${token}~${encodeURIComponent(at)}` };
}

async function hears(page: TestStream, text: string): Promise<boolean> {
  try {
    await waitFor(text, () => page.text.includes(text), 5000);
    return true;
  } catch {
    return false;
  }
}

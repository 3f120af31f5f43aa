import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { everybody } from "buffkit";
import type { Kit } from "../framework/index.ts";

/** A reverse proxy for a test. */
export interface TrialProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** How long a broadcast takes through a proxy, and what arrives. */
export async function readBroadcast(
  kit: Kit,
  url: string,
): Promise<{ readonly text: string; readonly waitedMs: number }> {
  const abort = new AbortController();
  const headers = { "Accept-Encoding": "identity" };
  const stream = await fetch(`${url}/events`, { headers, signal: abort.signal });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("bk:hello")) text += (await reader?.read())?.value ?? "";
  const sentAt = performance.now();
  await kit.broker.broadcast("price", { cents: 250 }, { to: everybody });
  while (!text.includes("price")) text += (await reader?.read())?.value ?? "";
  const waitedMs = performance.now() - sentAt;
  abort.abort();
  return { text, waitedMs };
}

/** Waits until the proxy responds; throws if its process exits first. */
export async function readyProxy(child: ChildProcess, port: number): Promise<TrialProxy> {
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return { url, stop: () => endProcess(child) };
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new RangeError(`${child.spawnfile} ended with code ${child.exitCode}`);
}

async function endProcess(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

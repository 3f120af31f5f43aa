import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
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
  const headers = { "Accept-Encoding": "gzip, deflate, br, zstd" };
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

/**
 * Comes back after five broadcasts of half a kilobyte, as a browser that accepts compression does, and reads until the last of them has
 * arrived. The greeting and the backlog are one write, which is large enough to be compressed.
 */
export async function resumeBehind(
  kit: Kit,
  url: string,
): Promise<{ readonly text: string; readonly encoding: string }> {
  const cursor = kit.broker.cursor;
  for (let n = 1; n <= 5; n += 1) await kit.broker.broadcast("missed", `${n}${" ".repeat(500)}`, { to: everybody });
  const headers = { "Accept-Encoding": "gzip, deflate, br, zstd", "Last-Event-ID": cursor };
  const [response] = await once(get(`${url}/events`, { agent: false, headers }), "response");
  const stream: IncomingMessage = response; // what `get` emits
  let text = "";
  for await (const part of stream.setEncoding("latin1")) {
    text += part;
    if (text.includes("data: 5 ")) break;
  }
  stream.destroy();
  return { text, encoding: stream.headers["content-encoding"] ?? "" };
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

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBroker } from "./broker.ts";

/** A network namespace for the client, connected to ours by a veth pair; needs root on Linux. */
const ours = `bks${process.pid}`;
const theirs = `bkc${process.pid}`;
const [ourAddress, theirAddress] = ["10.213.77.1", "10.213.77.2"];

function ip(...words: string[]): boolean {
  return spawnSync("ip", words).status === 0;
}

const hasNetwork = ip("netns", "add", theirs);
if (hasNetwork) ip("netns", "del", theirs);

const running: { server: Server; client: ChildProcess }[] = [];

/** Deletes what a run left behind that was interrupted; its device would answer for our address. */
function removeLeftovers(): void {
  const isLeft = (name: string) => {
    const pid = /^bk[sc](\d+)$/.exec(name)?.[1];
    return pid !== undefined && !existsSync(`/proc/${pid}`);
  };
  for (const name of namesIn("/sys/class/net").filter(isLeft)) ip("link", "del", name);
  for (const name of namesIn("/run/netns").filter(isLeft)) ip("netns", "del", name);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function connectNetworks(): void {
  removeLeftovers();
  ip("netns", "add", theirs);
  ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", theirs);
  ip("addr", "add", `${ourAddress}/30`, "dev", ours);
  ip("link", "set", ours, "up");
  ip("-n", theirs, "addr", "add", `${theirAddress}/30`, "dev", theirs);
  ip("-n", theirs, "link", "set", theirs, "up");
}

/** From here on no packet arrives from the client: no acknowledgment and no FIN. */
function silenceClient(): void {
  ip("-n", theirs, "route", "add", "blackhole", `${ourAddress}/32`);
}

afterEach(() => {
  for (const { server, client } of running.splice(0)) {
    client.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
  }
  ip("link", "del", ours);
  ip("netns", "del", theirs);
});

const title = "a client whose network vanishes";
describe.skipIf(!hasNetwork)(hasNetwork ? title : `${title}: this machine can't create network namespaces`, () => {
  it("is detected and freed, although its socket still accepts data", { timeout: 60_000 }, async () => {
    connectNetworks();
    const broker = createBroker({ heartbeatMs: 2000 });
    const server = createServer(getRequestListener(new Hono().get("/events", broker.handler).fetch));
    server.listen(0, ourAddress);
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const script = `fetch("http://${ourAddress}:${port}/events").then(async (r) => { for await (const b of r.body) process.stdout.write(b); })`;
    const client = spawn("ip", ["netns", "exec", theirs, process.execPath, "-e", script]);
    running.push({ server, client });
    await once(client.stdout, "data");
    expect(broker.clientCount).toBe(1);

    silenceClient();

    await vi.waitFor(() => expect(broker.clientCount).toBe(0), { timeout: 40_000, interval: 200 });
    expect(broker.stats().stalled).toBe(1);
    await broker.close();
  });
});

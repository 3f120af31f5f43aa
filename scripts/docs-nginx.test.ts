import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplesOf } from "../docs/checks/samples.ts";
import { type Kit, type RunningServer, serve, silentLogger, wire } from "../framework/index.ts";

const hasNginx = spawnSync("nginx", ["-v"]).status === 0;
const deadlineMs = 2_000;

describe.skipIf(!hasNginx)("the nginx settings of the guide", () => {
  let kit: Kit;
  let server: RunningServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "buffkit-nginx-"));
    const app = new Hono();
    kit = await wire(app, {
      dev: true,
      databaseUrl: "sqlite::memory:",
      authSecret: "a-secret-for-tests-0123456789-abcdefgh",
      log: silentLogger,
      trustProxy: "loopback",
    });
    app.get("/address", (c) => c.text(c.var.clientAddress));
    server = await serve(app, kit, { port: 0 });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("let a broadcast through at once", async () => {
    const proxy = await startNginx(settings());

    const received = await readBroadcast(proxy.url);
    await proxy.stop();

    expect(received.text).toContain("event: price");
    expect(received.waitedMs).toBeLessThan(deadlineMs);
  });

  it("are not even needed for that, though nginx may compress", async () => {
    const proxy = await startNginx(settings().replace(/location = \/events \{[^}]*\}/, ""));

    const received = await readBroadcast(proxy.url);
    await proxy.stop();

    expect(received.text).toContain("event: price");
    expect(received.waitedMs).toBeLessThan(deadlineMs);
  });

  it("hand over the client's address", async () => {
    const proxy = await startNginx(settings());

    const answer = await fetch(`${proxy.url}/address`, { headers: { "X-Forwarded-For": "203.0.113.9" } });
    const address = await answer.text();
    await proxy.stop();

    expect(address).toBe("203.0.113.9");
  });

  /** The block of the guide, for a free port without TLS. */
  function settings(): string {
    const text = samplesOf("deploying.md").find(({ language }) => language === "nginx")?.text ?? "";
    return text
      .replace("127.0.0.1:3000", `127.0.0.1:${server.port}`)
      .replace("listen 443 ssl http2", "listen 127.0.0.1:PORT")
      .replace(/^ *ssl_.*\n/gm, "");
  }

  /** How long a broadcast takes to whoever reads through the proxy. */
  async function readBroadcast(url: string): Promise<{ readonly text: string; readonly waitedMs: number }> {
    const abort = new AbortController();
    const headers = { "Accept-Encoding": "identity" };
    const stream = await fetch(`${url}/events`, { headers, signal: abort.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("bk:hello")) text += (await reader?.read())?.value ?? "";
    const sentAt = performance.now();
    await kit.broker.broadcast("price", { cents: 250 });
    while (!text.includes("price")) text += (await reader?.read())?.value ?? "";
    const waitedMs = performance.now() - sentAt;
    abort.abort();
    return { text, waitedMs };
  }

  async function startNginx(block: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
    const port = await freePort();
    const file = join(folder, `nginx-${port}.conf`);
    writeFileSync(file, wholeSettings(block.replace("PORT", String(port))));
    const child = spawn("nginx", ["-c", file, "-p", folder, "-g", "daemon off;"], { stdio: "ignore" });
    await answers(port, child);
    return {
      url: `http://127.0.0.1:${port}`,
      async stop() {
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
      },
    };
  }

  function wholeSettings(block: string): string {
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder};`);
    const compression = "gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any;";
    const main = `pid ${folder}/nginx.pid; error_log ${folder}/error.log; worker_processes 1; events {}`;
    return `${main}\nhttp { access_log off; ${compression} ${places.join(" ")}\n${block}\n}\n`;
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

/** Asks until the proxy listens; fails when it ended instead. */
async function answers(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new RangeError(`nginx ended with code ${child.exitCode}`);
}

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { samplesOf } from "../docs/checks/samples.ts";
import { type Kit, type RunningServer, serve, silentLogger, wire } from "../framework/index.ts";
import { freePort } from "../framework/test-support/free-port.ts";
import { missingProgram } from "../framework/test-support/missing-program.ts";
import { readBroadcast, readyProxy, resumeBehind, type TrialProxy } from "./proxy-trial.ts";

const missing = missingProgram("caddy", "version");
const deadlineMs = 2_000;

describe.skipIf(missing !== null)(missing ?? "the Caddy settings of the guide", () => {
  let kit: Kit;
  let server: RunningServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "buffkit-caddy-"));
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
    const proxy = await startCaddy(settings());

    const received = await readBroadcast(kit, proxy.url);
    await proxy.stop();

    expect(received.text).toContain("event: price");
    expect(received.waitedMs).toBeLessThan(deadlineMs);
  });

  it("do so even where Caddy compresses", async () => {
    const proxy = await startCaddy(settings().replace("{\n", "{\n  encode gzip\n"));

    const received = await readBroadcast(kit, proxy.url);
    await proxy.stop();

    expect(received.text).toContain("event: price");
    expect(received.waitedMs).toBeLessThan(deadlineMs);
  });

  it("let a page that comes back have what it missed, even where Caddy compresses", async () => {
    const proxy = await startCaddy(settings().replace("{\n", "{\n  encode zstd gzip\n"));

    const { text } = await resumeBehind(kit, proxy.url);
    await proxy.stop();

    expect(text).toContain("event: missed");
  });

  it("end the stream when the visitor leaves", async () => {
    const proxy = await startCaddy(settings());

    await readBroadcast(kit, proxy.url);

    await vi.waitFor(() => expect(kit.broker.clientCount).toBe(0), { timeout: 10_000 });
    await proxy.stop();
  });

  it("hand over the client's address, and believe no visitor who claims another", async () => {
    const proxy = await startCaddy(settings());

    const answer = await fetch(`${proxy.url}/address`, { headers: { "X-Forwarded-For": "203.0.113.9" } });
    const address = await answer.text();
    await proxy.stop();

    expect(address).toBe("127.0.0.1");
  });

  /** The block of the guide, for a free port without TLS. */
  function settings(): string {
    const text = samplesOf("deploying.md").find(({ language }) => language === "caddyfile")?.text ?? "";
    return text
      .replace("127.0.0.1:3000", `127.0.0.1:${server.port}`)
      .replace("app.example.com", "http://127.0.0.1:PORT");
  }

  async function startCaddy(block: string): Promise<TrialProxy> {
    const port = await freePort();
    const file = join(folder, `Caddyfile-${port}`);
    writeFileSync(file, `{\n  admin off\n  auto_https off\n}\n${block.replace("PORT", String(port))}\n`);
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn("caddy", ["run", "--config", file, "--adapter", "caddyfile"], { stdio: "ignore", env });
    return await readyProxy(child, port);
  }
});

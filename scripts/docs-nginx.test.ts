import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplesOf } from "../docs/checks/samples.ts";
import { type Kit, type RunningServer, serve, silentLogger, wire } from "../framework/index.ts";
import { freePort } from "../framework/test-support/free-port.ts";
import { missingProgram } from "../framework/test-support/missing-program.ts";
import { readBroadcast, readyProxy, resumeBehind, type TrialProxy } from "./proxy-trial.ts";

const missing = missingProgram("nginx", "-v");
const deadlineMs = 2_000;

describe.skipIf(missing !== null)(missing ?? "the nginx settings of the guide", () => {
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

    const received = await readBroadcast(kit, proxy.url);
    await proxy.stop();

    expect(received.text).toContain("event: price");
    expect(received.waitedMs).toBeLessThan(deadlineMs);
  });

  it("are not even needed for that, though nginx may compress", async () => {
    const proxy = await startNginx(settings().replace(/location = \/events \{[^}]*\}/, ""));

    const received = await readBroadcast(kit, proxy.url);
    await proxy.stop();

    expect(received.text).toContain("event: price");
    expect(received.waitedMs).toBeLessThan(deadlineMs);
  });

  it("let a page that comes back have what it missed, with or without the block for streams", async () => {
    const [whole, reduced] = [settings(), settings().replace(/location = \/events \{[^}]*\}/, "")];
    const proxies = [await startNginx(whole), await startNginx(reduced)];

    const found = [await resumeBehind(kit, proxies[0]?.url ?? ""), await resumeBehind(kit, proxies[1]?.url ?? "")];
    await Promise.all(proxies.map((proxy) => proxy.stop()));

    expect(found.map(({ text }) => text.includes("event: missed"))).toEqual([true, true]);
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

  async function startNginx(block: string): Promise<TrialProxy> {
    const port = await freePort();
    const file = join(folder, `nginx-${port}.conf`);
    writeFileSync(file, wholeSettings(block.replace("PORT", String(port)), port));
    const child = spawn("nginx", ["-c", file, "-p", folder, "-g", "daemon off;"], { stdio: "ignore" });
    return await readyProxy(child, port);
  }

  function wholeSettings(block: string, port: number): string {
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder};`);
    const compression = "gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any;";
    const main = `pid ${folder}/nginx-${port}.pid; error_log ${folder}/error.log; worker_processes 1; events {}`;
    return `${main}\nhttp { access_log off; ${compression} ${places.join(" ")}\n${block}\n}\n`;
  }
});

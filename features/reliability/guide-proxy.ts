import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { samplesOf } from "../../docs/checks/samples.ts";
import { waitFor } from "./wait-for.ts";

export type ProxyName = "nginx" | "caddy";

/** A reverse proxy in front of two nodes, with the settings of the deployment guide. */
export interface GuideProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** The guide's sample serves one node on this address. */
const guideAddress = "127.0.0.1:3000";

/** Starts the proxy on a port, with the guide's settings in all but the addresses and TLS; its files go to a folder of their own. */
export async function startGuideProxy(
  name: ProxyName,
  { port, nodes, folder }: { readonly port: number; readonly nodes: readonly number[]; readonly folder: string },
): Promise<GuideProxy> {
  const addresses = nodes.map((node) => `127.0.0.1:${node}`);
  const child = name === "nginx" ? startNginx(port, addresses, folder) : startCaddy(port, addresses, folder);
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.ok === true;
  };
  await waitFor(`${name} to respond`, isReady);
  return {
    url,
    async stop() {
      const ended = once(child, "exit");
      // nginx's master process ends its workers.
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function sample(language: string): string {
  return samplesOf("deploying.md").find((found) => found.language === language)?.text ?? "";
}

function startNginx(port: number, addresses: readonly string[], folder: string): ChildProcess {
  const servers = (line: string) => addresses.map((address) => line.replace(guideAddress, address)).join("\n");
  const block = sample("nginx")
    .replace(new RegExp(`^.*server ${guideAddress}.*$`, "m"), servers)
    .replace("listen 443 ssl http2", `listen 127.0.0.1:${port}`)
    .replace(/^ *ssl_.*\n/gm, "");
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder};`);
  const main = `pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; worker_processes 1; daemon off;`;
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `${main}\nevents { worker_connections 4096; }\nhttp { access_log off; ${places.join(" ")}\n${block}\n}\n`,
  );
  return spawn("nginx", ["-c", file, "-p", folder], { stdio: "ignore" });
}

function startCaddy(port: number, addresses: readonly string[], folder: string): ChildProcess {
  const block = sample("caddyfile")
    .replace(guideAddress, addresses.join(" "))
    .replace("app.example.com", `http://127.0.0.1:${port}`);
  const file = join(folder, "Caddyfile");
  writeFileSync(file, `{\n  admin off\n  auto_https off\n}\n${block}\n`);
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return spawn("caddy", ["run", "--config", file, "--adapter", "caddyfile"], { stdio: "ignore", env });
}

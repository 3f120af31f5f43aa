import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { startCommand } from "./run-command.mjs";

const certificates = "/etc/ssl/certs/ca-certificates.crt";

/** Starts an empty registry that has our two packages alone and takes the others from this machine's own registry. */
export async function startRegistry(folder, { node, verdaccio }) {
  const home = join(folder, "registry");
  mkdirSync(home);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const upstream = npmSetting("registry") ?? "";
  writeFileSync(join(home, "config.yaml"), configuration(home, upstream));
  const server = startCommand(
    node,
    [verdaccio, "--config", join(home, "config.yaml"), "--listen", `127.0.0.1:${port}`],
    {
      folder: home,
      environment: {
        ...process.env,
        ...(process.env.NODE_EXTRA_CA_CERTS || !existsSync(certificates) ? {} : { NODE_EXTRA_CA_CERTS: certificates }),
      },
    },
  );
  await answers(`${url}-/ping`, server);
  return {
    userConfig: writeUserConfig(folder, url),
    async stop() {
      server.stop();
      await server.gone;
    },
  };
}

function configuration(home, upstream) {
  const ours = "    access: $all\n    publish: $all\n";
  return `storage: ${join(home, "storage")}
auth:
  htpasswd:
    file: ${join(home, "htpasswd")}
uplinks:
  upstream:
    url: ${upstream}
    timeout: 60s
    maxage: 30m
packages:
  buffkit:
${ours}  create-buffkit:
${ours}  '**':
    access: $all
    proxy: upstream
log:
  type: stdout
  format: pretty
  level: warn
`;
}

/** npm's settings for all that follows: our registry, and of the person's own what building native modules and the network need. */
function writeUserConfig(folder, url) {
  const kept = ["nodedir", "cafile", "proxy", "https-proxy", "noproxy"].flatMap((name) => {
    const value = npmSetting(name);
    return value ? [`${name}=${value}`] : [];
  });
  const file = join(folder, "npmrc");
  const token = `${url.replace("http:", "")}:_authToken=local`;
  writeFileSync(file, `${[`registry=${url}`, token, "fund=false", "audit=false", ...kept].join("\n")}\n`);
  return file;
}

function npmSetting(name) {
  const value = execFileSync("npm", ["config", "get", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return ["undefined", "null", ""].includes(value.trim()) ? undefined : value.trim();
}

async function answers(url, server) {
  const end = performance.now() + 30_000;
  for (;;) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    if (performance.now() > end || server.process.exitCode !== null) {
      server.stop("SIGKILL");
      throw new Error(`The registry does not answer:\n${server.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A port of this machine on which nobody listens at the moment. */
export async function freePort() {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

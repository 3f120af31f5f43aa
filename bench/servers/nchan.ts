import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../framework/test-support/free-port.ts";
import { nchanModule } from "../harness/contenders.ts";
import { parseBroadcastRequest } from "./broadcast-request.ts";
import { drive } from "./drive.ts";

/** Streams by nginx with nchan; this process only publishes to it, as an application behind it would. */
const folder = mkdtempSync(join(tmpdir(), "bench-nchan-"));
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const port = await freePort();
let nginx: ChildProcess | null = null;

const trigger = createServer((incoming, response) => {
  response.writeHead(202).end();
  void drive(parseBroadcastRequest(incoming.url ?? ""), publish);
});
trigger.listen({ port: 0, host: "127.0.0.1" }, () => {
  const address = trigger.address();
  if (address !== null && typeof address === "object") void startNginx(address.port);
});
process.once("SIGTERM", () => {
  nginx?.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

async function startNginx(triggerPort: number): Promise<void> {
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configure(triggerPort));
  nginx = spawn("nginx", ["-p", folder, "-c", file, "-e", "stderr"], { stdio: "inherit" });
  nginx.once("exit", (code) => process.exit(code ?? 1));
  while (!(await answers())) await sleep(50);
  process.stdout.write(`listening ${port} ${readWorkerPid(nginx.pid ?? 0)}\n`);
}

function configure(triggerPort: number): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `load_module ${nchanModule};
daemon off; worker_processes 1; worker_rlimit_nofile 20000; pid ${folder}/nginx.pid;
events { worker_connections 16000; }
http {
  access_log off; ${temporary.join(" ")} nchan_shared_memory_size 256M;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /events { nchan_subscriber eventsource; nchan_channel_id all; nchan_subscriber_first_message newest; }
    location = /publish { nchan_publisher; nchan_channel_id all; nchan_message_buffer_length 2000; client_max_body_size 1m; }
    location = /go { proxy_pass http://127.0.0.1:${triggerPort}; }
  }
}
`;
}

function publish(data: string): Promise<void> {
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port, path: "/publish", method: "POST", agent };
    const outgoing = request(options, (response) => response.resume().on("end", resolve));
    outgoing.on("error", () => resolve());
    outgoing.end(data);
  });
}

async function answers(): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/publish`).then(
    () => true,
    () => false,
  );
}

/** nginx's only worker is the first child of the started process. */
function readWorkerPid(masterPid: number): number {
  return Number(
    readFileSync(`/proc/${masterPid}/task/${masterPid}/children`, "utf8").trim().split(" ")[0] ?? masterPid,
  );
}

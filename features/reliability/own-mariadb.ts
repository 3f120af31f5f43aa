import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../framework/test-support/free-port.ts";
import { freeFolder } from "../support/free-folder.ts";
import type { OwnDatabase } from "./own-database.ts";
import { giveToUser, type ServerUser } from "./server-user.ts";
import { waitFor } from "./wait-for.ts";

const program = "/usr/sbin/mariadbd";
const installer = "/usr/bin/mariadb-install-db";

/** Whether MariaDB's server is installed. */
export function hasMariadb(): boolean {
  return existsSync(program) && existsSync(installer);
}

/** Creates and starts a MariaDB server that writes each commit to disk before it responds (MariaDB's default). */
export async function startOwnMariadb(): Promise<OwnDatabase> {
  const folder = freeFolder("mariadb");
  try {
    return await startIn(folder);
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function startIn(folder: ReturnType<typeof freeFolder>): Promise<OwnDatabase> {
  const data = join(folder.path, "data");
  const port = await freePort();
  mkdirSync(data);
  const user = giveToUser("mysql", [folder.path, data]);
  const making = ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal"];
  execFileSync(installer, making, { ...user, cwd: folder.path, stdio: "ignore" });
  const options = [
    "--no-defaults",
    `--datadir=${data}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    `--socket=${join(folder.path, "socket")}`,
    `--pid-file=${join(folder.path, "pid")}`,
  ];
  const boot = () => startServer(options, user);
  let server = await boot();
  return {
    // The installer creates this database.
    url: `mysql://root@127.0.0.1:${port}/test`,
    async restart() {
      await kill(server);
      server = await boot();
    },
    async stop() {
      await kill(server);
      folder.remove();
    },
  };
}

async function startServer(options: readonly string[], user: ServerUser): Promise<ChildProcess> {
  const server = spawn(program, [...options], { ...user, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  server.on("error", (error) => {
    said += String(error);
  });
  const isReady = () => /ready for connections/.test(said);
  try {
    await waitFor("MariaDB to start or exit", () => isReady() || hasEnded(server), 60_000);
    if (hasEnded(server)) throw new Error("It has exited.");
    return server;
  } catch (error) {
    await kill(server);
    throw new Error(`MariaDB did not start:\n${said}`, { cause: error });
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function kill(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return;
  const gone = once(server, "exit");
  server.kill("SIGKILL");
  await gone;
}

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../framework/test-support/free-port.ts";
import { freeFolder } from "../support/free-folder.ts";
import type { OwnDatabase } from "./own-database.ts";
import { giveToUser } from "./server-user.ts";

const home = "/usr/lib/postgresql";

/** The folder of PostgreSQL's programs; undefined if it isn't installed. */
export function findPostgres(): string | undefined {
  const newest = existsSync(home) ? readdirSync(home).sort().at(-1) : undefined;
  return newest && existsSync(join(home, newest, "bin", "initdb")) ? join(home, newest, "bin") : undefined;
}

/** Creates and starts a PostgreSQL server. */
export async function startOwnPostgres(programs: string): Promise<OwnDatabase> {
  const folder = freeFolder("postgres");
  try {
    return await startIn(folder, programs);
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function startIn(folder: ReturnType<typeof freeFolder>, programs: string): Promise<OwnDatabase> {
  const data = join(folder.path, "data");
  const port = await freePort();
  mkdirSync(data);
  const user = giveToUser("postgres", [folder.path, data]);
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(programs, program), [...args], { ...user, cwd: folder.path, stdio: "ignore" });
  run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]);
  const options = `-p ${port} -k ${folder.path} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const log = join(folder.path, "log");
  run("pg_ctl", ["start", "-w", "-D", data, "-l", log, "-o", options]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async restart() {
      const args = ["restart", "-w", "-m", "immediate", "-D", data, "-l", log, "-o", options];
      const restarting = spawn(join(programs, "pg_ctl"), args, { ...user, cwd: folder.path, stdio: "ignore" });
      const [code] = await once(restarting, "exit");
      if (code !== 0) throw new Error(`PostgreSQL did not restart:\n${readFileSync(log, "utf8")}`);
    },
    async stop() {
      // Fails if the server is already down because it didn't restart; `restart` has reported that.
      const args = ["stop", "-m", "immediate", "-D", data];
      spawnSync(join(programs, "pg_ctl"), args, { ...user, cwd: folder.path, stdio: "ignore" });
      folder.remove();
    },
  };
}

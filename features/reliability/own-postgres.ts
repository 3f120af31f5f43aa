import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { freeFolder } from "../support/free-folder.ts";
import { freePort } from "../support/free-port.ts";

const home = "/usr/lib/postgresql";

/** A PostgreSQL server of the test's own, on its own port and folder, which may be restarted. */
export interface OwnPostgres {
  readonly url: string;
  /** As after a crash: connections are cut, running transactions rolled back. */
  restart(): Promise<void>;
  stop(): void;
}

/** Where its programs are; undefined where there are none. */
export function findPostgres(): string | undefined {
  const newest = existsSync(home) ? readdirSync(home).sort().at(-1) : undefined;
  return newest && existsSync(join(home, newest, "bin", "initdb")) ? join(home, newest, "bin") : undefined;
}

/** Makes and starts one. It refuses to run as root, so root runs it as the user `postgres`. */
export async function startOwnPostgres(programs: string): Promise<OwnPostgres> {
  const folder = freeFolder("postgres");
  const data = join(folder.path, "data");
  const port = await freePort();
  const user = process.getuid?.() === 0 ? idsOf("postgres") : undefined;
  mkdirSync(data);
  if (user) for (const path of [folder.path, data]) chownSync(path, user.uid, user.gid);
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
      await once(spawn(join(programs, "pg_ctl"), args, { ...user, cwd: folder.path, stdio: "ignore" }), "exit");
    },
    stop() {
      run("pg_ctl", ["stop", "-m", "immediate", "-D", data]);
      folder.remove();
    },
  };
}

function idsOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

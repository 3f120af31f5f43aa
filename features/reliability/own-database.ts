import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";

/** A database server of the test's own, on its own port and folder, which may be restarted. */
export interface OwnDatabase {
  readonly url: string;
  /** As after a crash: connections are cut, running transactions rolled back. Resolves when it is ready again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The user that a database server runs as, to be spread into the options of a child process; empty where it is our own. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** Database servers refuse to run as root, so root runs them as this user, to whom it gives the folders. */
export function giveToUser(name: string, folders: readonly string[]): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  const user = { uid: idOf("-u"), gid: idOf("-g") };
  for (const folder of folders) chownSync(folder, user.uid, user.gid);
  return user;
}

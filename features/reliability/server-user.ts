import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";

/** The user that a database server runs as, as options for a child process; empty for the current user. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** Database servers refuse to run as root: root runs them as this user, who gets the folders. */
export function giveToUser(name: string, folders: readonly string[]): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const user = { uid: askId("-u", name), gid: askId("-g", name) };
  for (const folder of folders) chownSync(folder, user.uid, user.gid);
  return user;
}

function askId(flag: "-u" | "-g", name: string): number {
  const { status, stdout, stderr } = spawnSync("id", [flag, name], { encoding: "utf8" });
  // Empty output would be read as 0, which is root.
  if (status !== 0) throw new Error(`There is no user "${name}" to run the database server as: ${stderr}`);
  return Number(stdout);
}

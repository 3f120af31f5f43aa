import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A copy of the repository in which files may be changed. Close it: that deletes it. */
export interface TreeCopy {
  readonly root: string;
  read(file: string): string;
  write(file: string, text: string): void;
  close(): void;
}

/** Git lists them as files if they are links. */
const packageFolders = ["node_modules", "create/node_modules"];

/** Copies what git knows or would add, and links the installed packages. */
export function copyTree(from: string): TreeCopy {
  const root = mkdtempSync(join(tmpdir(), "buffkit-mutate-"));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: from, encoding: "utf8" });
  for (const file of listed.split("\0")) {
    if (file === "" || packageFolders.includes(file) || !existsSync(join(from, file))) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(from, file), join(root, file));
  }
  for (const folder of packageFolders) {
    if (existsSync(join(from, folder))) symlinkSync(join(from, folder), join(root, folder));
  }
  return {
    root,
    read: (file) => readFileSync(join(root, file), "utf8"),
    write: (file, text) => writeFileSync(join(root, file), text),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freeFolder } from "../support/free-folder.ts";
import { StreamClient } from "../support/stream-client.ts";
import { FaultProcess } from "./fault-process.ts";
import { tellsInside } from "./load.ts";

/** Why this machine can't mount a small file system; undefined if it can. */
export function cannotMount(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "mounting a small disk needs root on Linux";
  const folder = freeFolder("mount");
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path], { stdio: "ignore" });
    execFileSync("umount", [folder.path]);
    return undefined;
  } catch {
    return "this machine doesn't allow mounting a small disk";
  } finally {
    folder.remove();
  }
}

export interface FullDiskFindings {
  /** The status of a write while the disk was full. */
  readonly refused: number;
  readonly tellsInside: boolean;
  /** The status of a read while the disk was full. */
  readonly read: number;
  /** Whether a broadcast arrived on an open stream while the disk was full. */
  readonly hasStreamed: boolean;
  /** The status of a write to the same process after space was freed. */
  readonly afterwards: number;
  readonly integrity: string;
  /** The number of acknowledged rows that are missing. */
  readonly lost: number;
}

/** Fills the disk under a running server, and frees it again. */
export async function fillDisk(): Promise<FullDiskFindings> {
  const folder = freeFolder("full");
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.path]);
  const file = join(folder.path, "app.db");
  const server = await FaultProcess.start({
    environment: { DATABASE_URL: `sqlite:${file}`, FAULT_FOLDER: folder.path },
  });
  try {
    const stream = await StreamClient.connect(`${server.url}/events`);
    const filler = join(folder.path, "filler");
    fill(filler);
    let n = 0;
    let refused = await server.ask("POST", `/faults/rows/${++n}`);
    // SQLite may still have room in its own files.
    while (refused.status === 201 && n < 5000) refused = await server.ask("POST", `/faults/rows/${++n}`);
    const read = await server.ask("GET", "/faults/rows");
    await server.ask("POST", "/faults/broadcast/7");
    const hasStreamed = await stream.event("number").then(
      () => true,
      () => false,
    );
    stream.leave();
    rmSync(filler);
    const afterwards = await server.ask("POST", `/faults/rows/${n}`);
    const rows = await server.read<unknown[]>("/faults/rows");
    await server.end("SIGTERM");
    const integrity = checkIntegrity(file);
    return {
      refused: refused.status,
      tellsInside: tellsInside(refused),
      read: read.status,
      hasStreamed,
      afterwards: afterwards.status,
      integrity,
      lost: n - rows.length / 2,
    };
  } finally {
    await server.end("SIGKILL");
    execFileSync("umount", ["-l", folder.path]);
    folder.remove();
  }
}

/** Writes smaller and smaller pieces until nothing fits. */
function fill(file: string): void {
  for (const bytes of [1 << 20, 1 << 16, 1 << 12, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: "a" });
    } catch {
      // No room for pieces of this size.
    }
  }
}

/** The result of SQLite's integrity check of a file, in a process of its own. */
export function checkIntegrity(file: string): string {
  const ask = `console.log(require("better-sqlite3")(${JSON.stringify(file)}).pragma("integrity_check", { simple: true }))`;
  return execFileSync(process.execPath, ["-e", ask], { encoding: "utf8" }).trim();
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { countStatuses, percentile, startLoad } from "./load.ts";

const lock = `
const [file, ms] = process.argv.slice(1);
const db = require("better-sqlite3")(file);
db.exec("begin immediate");
process.stdout.write("locked");
setTimeout(() => { db.exec("commit"); db.close(); }, Number(ms));
`;

export interface LockedFindings {
  readonly statuses: Readonly<Record<number, number>>;
  /** Of the event loop, while the database was locked. */
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  /** The same for a process that doesn't use the database. */
  readonly machineLagP99Ms: number;
  readonly pingP99Ms: number;
  /** The number of acknowledged rows that are missing. */
  readonly missing: number;
}

/** Another process holds the write lock of the SQLite file for `lockMs`, under 20 writes and 50 other requests a second. */
export async function lockDatabase(lockMs: number): Promise<LockedFindings> {
  const folder = freeFolder("locked");
  const file = join(folder.path, "app.db");
  const server = await FaultProcess.start({
    environment: { DATABASE_URL: `sqlite:${file}`, FAULT_FOLDER: folder.path },
  });
  try {
    const locker = spawn(process.execPath, ["-e", lock, "--", file, String(lockMs)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(locker.stdout, "data");
    await server.ask("GET", "/faults/lag");
    const ownLag = monitorEventLoopDelay({ resolution: 5 });
    ownLag.enable();
    const writes = startLoad(server, 20, (n) => ["POST", `/faults/rows/${n}`]);
    const pings = startLoad(server, 50, () => ["GET", "/faults/ping"]);
    await once(locker, "exit");
    const { p99Ms, maxMs } = await server.read<{ p99Ms: number; maxMs: number }>("/faults/lag");
    ownLag.disable();
    const [written, asked] = await Promise.all([writes.stop(), pings.stop()]);
    const rows = await server.read<unknown[]>("/faults/rows");
    return {
      statuses: countStatuses([...written, ...asked]),
      lagP99Ms: p99Ms,
      lagMaxMs: maxMs,
      machineLagP99Ms: ownLag.percentile(99) / 1e6,
      pingP99Ms: percentile(asked, 0.99),
      missing: written.length - rows.length / 2,
    };
  } finally {
    await server.end("SIGKILL");
    folder.remove();
  }
}

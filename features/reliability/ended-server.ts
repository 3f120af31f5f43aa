import { join } from "node:path";
import { freeFolder } from "../support/free-folder.ts";
import { FaultProcess } from "./fault-process.ts";
import { waitFor } from "./wait-for.ts";

export interface EndedFindings {
  readonly exitCode: number | null;
  /** The jobs that were done when the process had exited. */
  readonly done: readonly number[];
  /** The jobs that were done after the next process had run. */
  readonly doneLater: readonly number[];
}

/** Sends SIGTERM to a server while jobs run that take most of a second, and one more waits. */
export async function endServerWithJob(): Promise<EndedFindings> {
  const folder = freeFolder("ended");
  const environment = { DATABASE_URL: `sqlite:${join(folder.path, "app.db")}`, FAULT_FOLDER: folder.path };
  let server = await FaultProcess.start({ environment });
  try {
    // Ten run at once, so the eleventh waits until one has finished, and by then the signal has arrived.
    for (let n = 1; n <= 11; n++) await server.ask("POST", `/faults/jobs/slow/${n}`);
    await waitFor("the jobs to run", async () => (await server.read<number>("/faults/running")) === 10);
    const exitCode = await server.end("SIGTERM");
    server = await FaultProcess.start({ environment });
    const done = await server.read<number[]>("/faults/done");
    await waitFor("the job that was left", async () => (await server.read<number[]>("/faults/done")).length === 11);
    return { exitCode, done, doneLater: await server.read<number[]>("/faults/done") };
  } finally {
    await server.end("SIGKILL");
    folder.remove();
  }
}

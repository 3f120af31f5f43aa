import type { ChildProcess } from "node:child_process";
import { serverSilent } from "../errors.ts";
import { collect, start, stop } from "./child.ts";
import type { Runner } from "./contenders.ts";
import { pinned } from "./cores.ts";

const startLimitMs = 60_000;

/** A contender's process that listens on a loopback port, until `close`. */
export class RunningServer {
  readonly name: string;
  readonly port: number;
  /** The process whose CPU and memory count; a contender may announce another one than was started (a worker). */
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess, announced: Announcement) {
    this.name = name;
    this.#child = child;
    this.port = announced.port;
    this.pid = announced.pid;
  }

  /** Starts it, pinned to a core if one is given, and waits until it listens. */
  static async start(runner: Runner, core: number | null): Promise<RunningServer> {
    const child = start(pinned(core, runner.command));
    try {
      return new RunningServer(runner.name, child, await readAnnouncement(runner.name, child));
    } catch (error) {
      await stop(child);
      throw error;
    }
  }

  /** Whether the process is still running. */
  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async close(): Promise<void> {
    await stop(this.#child);
  }
}

interface Announcement {
  readonly port: number;
  readonly pid: number;
}

/** Waits for the line `listening PORT [PID]`. */
async function readAnnouncement(name: string, child: ChildProcess): Promise<Announcement> {
  const output = collect(child.stdout);
  const complaints = collect(child.stderr);
  return await new Promise((resolve, reject) => {
    const give = () => reject(serverSilent({ name, output: `${output()}${complaints()}` }));
    const timer = setTimeout(give, startLimitMs);
    child.once("exit", give);
    child.once("error", give);
    child.stdout?.on("data", () => {
      const found = /^listening (\d+)(?: (\d+))?$/m.exec(output());
      if (found === null) return;
      clearTimeout(timer);
      child.off("exit", give);
      resolve({ port: Number(found[1]), pid: Number(found[2] ?? child.pid ?? 0) });
    });
  });
}

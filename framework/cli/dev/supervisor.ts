import { type ChildProcess, spawn } from "node:child_process";

/** How much of what a child writes to standard error is kept, in characters. */
const keptOutput = 8_000;

export interface SupervisorOptions {
  /** Arguments for this Node: loader flags, the script, its arguments. */
  readonly args: readonly string[];
  readonly folder: string;
  /** Variables of the child; asked anew at each start, with the number of starts so far. */
  readonly environment: (starts: number) => NodeJS.ProcessEnv;
  /** Called when the child ended by itself, not by `restart` or `stop`; with the last that it wrote to standard error. */
  readonly onExit: (code: number | null, output: string) => void;
}

/** Keeps one child process: starts it, replaces it, ends it. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #child: ChildProcess | undefined;
  #starts = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  start(): void {
    const { args, folder, environment, onExit } = this.#options;
    const child = spawn(process.execPath, [...args], {
      cwd: folder,
      env: environment(this.#starts),
      // The channel is never used; that it closes tells the child that this process is gone, however it ended.
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    let output = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      process.stderr.write(chunk);
      output = (output + chunk.toString()).slice(-keptOutput);
    });
    this.#starts += 1;
    this.#child = child;
    // Not `exit`: what it said last may still be on its way.
    child.once("close", (code) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      onExit(code, output);
    });
  }

  /** Ends the child, waits until it is gone, starts it anew. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  /** Asks the child to end; after two seconds it is ended by force. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), 2_000);
    await gone;
    clearTimeout(force);
  }
}

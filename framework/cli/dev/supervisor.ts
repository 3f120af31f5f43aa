import { type ChildProcess, spawn } from "node:child_process";

/** How many characters of the child's standard error to keep. */
const keptOutput = 8_000;

export interface SupervisorOptions {
  /** Arguments for this Node: loader flags, the script, its arguments. */
  readonly args: readonly string[];
  readonly folder: string;
  /** The child's environment; called at each start with the number of starts so far. */
  readonly environment: (starts: number) => NodeJS.ProcessEnv;
  /** Called when the child exits on its own, not through `restart` or `stop`; with the last output on standard error. */
  readonly onExit: (code: number | null, output: string) => void;
}

/** Starts, restarts and stops one child process. */
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
      // No message is ever sent: when the channel closes, the child knows that this process is gone, however it ended.
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    let output = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      process.stderr.write(chunk);
      output = (output + chunk.toString()).slice(-keptOutput);
    });
    this.#starts += 1;
    this.#child = child;
    // Not `exit`: its last output may still be on the way.
    child.once("close", (code) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      onExit(code, output);
    });
  }

  /** Stops the child, waits until it has exited, and starts it again. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  /** Sends SIGTERM, and SIGKILL after two seconds. */
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

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
  #isStale = false;
  #isStopped = false;
  #restarting: Promise<void> | undefined;

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

  /**
   * Stops the child, waits until it has exited, and starts it again. One restart at a time, so that there are never two children, and the
   * last one has the latest code.
   */
  async restart(): Promise<void> {
    this.#isStale = true;
    this.#restarting ??= this.#restartWhileStale();
    await this.#restarting;
  }

  /** Ends the child for good. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#stopChild();
  }

  async #restartWhileStale(): Promise<void> {
    while (this.#isStale && !this.#isStopped) {
      await this.#stopChild();
      if (this.#isStopped) break;
      // From here on a change is not in the code that the child loads.
      this.#isStale = false;
      this.start();
    }
    this.#restarting = undefined;
  }

  /** Sends SIGTERM, and SIGKILL after two seconds. */
  async #stopChild(): Promise<void> {
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

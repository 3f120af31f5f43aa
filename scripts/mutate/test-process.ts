import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { TestProcessOptions, TestReport, TestRequest } from "./test-protocol.ts";

/** Runs tests in a process of its own, which can be killed when a mutation makes it hang. */
export class TestProcess {
  readonly #options: TestProcessOptions;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(options: TestProcessOptions, environment: NodeJS.ProcessEnv = {}) {
    this.#options = options;
    this.#environment = environment;
  }

  /** The report, or `"hung"` if there was none within the limit. */
  async run(request: TestRequest, limitMs: number): Promise<TestReport | "hung"> {
    this.#child ??= await this.#start();
    const child = this.#child;
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<"hung">((resolve) => {
      timer = setTimeout(() => resolve("hung"), limitMs);
    });
    const told = nextMessage(child);
    child.send(request);
    const outcome = await Promise.race([told, hung]);
    clearTimeout(timer);
    if (outcome === "hung" || outcome.report === undefined) {
      this.close();
      return "hung";
    }
    return outcome.report;
  }

  /** Ends the process and all that it started. */
  close(): void {
    const pid = this.#child?.pid;
    this.#child = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }

  async #start(): Promise<ChildProcess> {
    const { root } = this.#options;
    const child = fork(join(root, "scripts/mutate/test-process-main.ts"), [JSON.stringify(this.#options)], {
      cwd: root,
      env: { ...process.env, ...this.#environment },
      execArgv: ["--import", "tsx"],
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    await nextMessage(child);
    return child;
  }
}

interface Message {
  readonly report?: TestReport;
  readonly error?: string;
}

/** What the process says next; without a report if it ends instead. */
function nextMessage(child: ChildProcess): Promise<Message> {
  return new Promise((resolve) => {
    const onMessage = (message: Message) => done(message);
    const onExit = () => done({ error: "ended" });
    function done(message: Message): void {
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(message);
    }
    child.on("message", onMessage);
    child.on("exit", onExit);
  });
}

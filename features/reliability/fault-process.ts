import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "../../framework/test-support/free-port.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const tsconfig = fileURLToPath(new URL("../tsconfig.json", import.meta.url));
const program = fileURLToPath(new URL("fault-server.ts", import.meta.url));

export interface FaultProcessOptions {
  /** Put over the settings of a production server with a log for its mails. */
  readonly environment: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** An answer as the fault tests judge it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

/** The fault server as a process of its own, to be killed and started anew. */
export class FaultProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly port: number;
  #output = "";

  private constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.#child = spawn(process.execPath, ["--import", "tsx", program], {
      cwd: repository,
      env: {
        PATH: process.env.PATH,
        // So that it loads the built package, as an app would.
        TSX_TSCONFIG_PATH: tsconfig,
        NODE_ENV: "production",
        PORT: String(port),
        APP_URL: this.url,
        AUTH_SECRET: "kX7-vB2_mQ9rT4yUw8zLpN3sDfGhJcAe",
        ...(environment.SMTP_URL ? {} : { MAIL: "log" }),
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  /** Starts it; resolves when it answers. */
  static async start({ environment, port }: FaultProcessOptions): Promise<FaultProcess> {
    const made = new FaultProcess(port ?? (await freePort()), environment);
    const until = Date.now() + 30_000;
    while (Date.now() < until && !made.hasEnded) {
      const answer = await made.ask("GET", "/healthz");
      if (answer.status === 200) return made;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`The server did not start:\n${made.output}`);
  }

  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Status 0 where there was no answer. */
  async ask(method: "GET" | "POST", path: string): Promise<Answer> {
    const begunAt = performance.now();
    try {
      const answer = await fetch(this.url + path, { method, headers: { Accept: "text/html" } });
      const text = await answer.text();
      return { status: answer.status, text, tookMs: performance.now() - begunAt };
    } catch (error) {
      return { status: 0, text: String(error), tookMs: performance.now() - begunAt };
    }
  }

  async read<T>(path: string): Promise<T> {
    const answer = await this.ask("GET", path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as T; // the fault server's own words
  }

  /** Sends the signal and waits for the end; gives the exit code, null when a signal ended it. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    if (this.hasEnded) return this.#child.exitCode;
    const gone = once(this.#child, "exit");
    this.#child.kill(signal);
    await gone;
    return this.#child.exitCode;
  }
}

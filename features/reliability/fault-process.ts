import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "../../framework/test-support/free-port.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const tsconfig = fileURLToPath(new URL("../tsconfig.json", import.meta.url));
const program = fileURLToPath(new URL("fault-server.ts", import.meta.url));

/** The package comes before tsx, which takes long to read it. */
const loaders = ["--import", "buffkit", "--import", "tsx"];

export interface FaultProcessOptions {
  /** Overrides the settings of a production server that logs its mail. */
  readonly environment: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** A response as the fault tests check it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

/** The fault server in a process of its own, which can be killed and started again. */
export class FaultProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly port: number;
  #output = "";

  private constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.#child = spawn(process.execPath, [...loaders, program], {
      cwd: repository,
      env: {
        PATH: process.env.PATH,
        // Makes it load the built package, as an app would.
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

  /** Starts it; resolves once it responds. */
  static async start({ environment, port }: FaultProcessOptions): Promise<FaultProcess> {
    const made = new FaultProcess(port ?? (await freePort()), environment);
    const until = Date.now() + 120_000;
    while (Date.now() < until && !made.hasEnded) {
      const answer = await made.ask("GET", "/healthz");
      if (answer.status === 200) return made;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await made.end("SIGKILL");
    throw new Error(`The server did not start:\n${made.output}`);
  }

  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Sends a request; the status is 0 if there was no response. */
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
    if (answer.status !== 200) throw new Error(`${path} responded with ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as T; // written by the fault server
  }

  /** Sends the signal and waits for the exit; returns the exit code, null if a signal ended the process. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    if (!this.hasEnded) this.#child.kill(signal);
    return await this.exit();
  }

  /** Waits for the process to end by itself. */
  async exit(): Promise<number | null> {
    if (!this.hasEnded) await once(this.#child, "exit");
    return this.#child.exitCode;
  }
}

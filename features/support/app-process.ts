import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

export interface AppProcessOptions {
  /** Arguments for Node. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** A server in a process of its own, found by the URL it prints. */
export class AppProcess {
  readonly #child: ChildProcess;
  #output = "";
  #url = "";

  private constructor(options: AppProcessOptions) {
    this.#child = spawn(process.execPath, [...options.args], {
      cwd: options.folder ?? repository,
      env: { ...cleanEnvironment(), ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (chunk: Buffer) => {
      this.#output += chunk.toString();
    };
    this.#child.stdout?.on("data", keep);
    this.#child.stderr?.on("data", keep);
  }

  /** Starts it; resolves once it has printed its URL. */
  static async start(options: AppProcessOptions): Promise<AppProcess> {
    const app = new AppProcess(options);
    app.#url = await app.#printed(/https?:\/\/(?:localhost|127\.0\.0\.1):\d+/);
    return app;
  }

  get url(): string {
    return this.#url;
  }

  /** Everything printed so far. */
  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.kill("SIGTERM");
    const force = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(force);
  }

  async #printed(pattern: RegExp): Promise<string> {
    return await new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(this.#output);
        if (found) end(() => resolve(found[0]));
      };
      const ended = (code: number | null) =>
        end(() => reject(new Error(`The app exited with code ${code}:\n${this.#output}`)));
      const end = (settle: () => void) => {
        clearTimeout(patience);
        this.#child.stdout?.off("data", look);
        this.#child.off("exit", ended);
        settle();
      };
      const patience = setTimeout(() => ended(null), 50_000);
      this.#child.stdout?.on("data", look);
      this.#child.once("exit", ended);
    });
  }
}

/** The environment without the settings of the person who runs the tests. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own =
    /^(PORT|HOST|NODE_ENV|APP_URL|AUTH_SECRET|DATABASE_URL|REDIS_URL|SMTP_URL|MAIL|MAIL_FROM|TRUST_PROXY|LOG_LEVEL|BUFFKIT_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

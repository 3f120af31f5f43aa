import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { codeFolder, KitError } from "../../base/index.ts";
import { appModuleMissing, serverEnded } from "../errors.ts";
import { readTestProject } from "../test-project.ts";
import type { Call, CallResult, ServerCalls } from "./calls.ts";

/** The process of the app of browser tests. */
export class AppProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (result: CallResult) => void>();
  #output = "";
  #count = 0;

  private constructor(module: string, folder: string) {
    this.#child = fork(programFile(), [module], {
      cwd: folder,
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    this.#child.on("message", (result: CallResult | "ready") => {
      if (result !== "ready") this.#waiting.get(result.id)?.(result);
    });
  }

  /** Loads the module with `createApp`. Default: `app` beside the project's main module. Throws `TESTING_APP_MODULE_MISSING`. */
  static async start(given?: string): Promise<AppProcess> {
    const project = readTestProject();
    const module = given === undefined ? project.app : join(project.folder, given);
    if (module === undefined || !existsSync(module)) throw appModuleMissing({ given: module ?? "app/app.tsx" });
    const started = new AppProcess(module, project.folder);
    await started.#ready();
    return started;
  }

  async call<Name extends keyof ServerCalls>(
    name: Name,
    ...args: Parameters<ServerCalls[Name]>
  ): Promise<Awaited<ReturnType<ServerCalls[Name]>>> {
    this.#count += 1;
    const call: Call = { id: this.#count, name, args };
    const result = await this.#send(call);
    if (!result.ok) throw new KitError(result.error);
    // The other side implements `ServerCalls` too.
    return result.value as Awaited<ReturnType<ServerCalls[Name]>>;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.disconnect();
    await gone;
  }

  async #ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#child.once("message", () => resolve());
      this.#child.once("exit", () => reject(serverEnded({ output: this.#output })));
    });
  }

  async #send(call: Call): Promise<CallResult> {
    return await new Promise((resolve, reject) => {
      const ended = () => reject(serverEnded({ output: this.#output }));
      if (!this.#child.connected) {
        ended();
        return;
      }
      this.#child.once("exit", ended);
      this.#waiting.set(call.id, (result) => {
        this.#child.off("exit", ended);
        this.#waiting.delete(call.id);
        resolve(result);
      });
      this.#child.send(call);
    });
  }
}

/** Beside this file in the sources; in a build, this file is part of a bundle. */
function programFile(): string {
  const folder = join(codeFolder(), "framework", "testing", "playwright");
  const source = join(folder, "serve-app.ts");
  return existsSync(source) ? source : join(folder, "serve-app.js");
}

import { type ChildProcess, spawn } from "node:child_process";
import { installFailed } from "./errors.ts";

export interface PackageManager {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** The package manager that started this process. Default: npm. */
export function detectPackageManager(environment: NodeJS.ProcessEnv): PackageManager {
  const name = /^(npm|pnpm|yarn|bun)\//.exec(environment.npm_config_user_agent ?? "")?.[1] ?? "npm";
  const script = environment.npm_execpath;
  // The npm that is running, if it says where it is: no shell in between, even on Windows.
  if (name === "npm" && script && /npm-cli\.js$/.test(script)) {
    return { name, command: process.execPath, args: [script, "install"] };
  }
  return { name, command: process.platform === "win32" ? `${name}.cmd` : name, args: ["install"] };
}

const notForNpm = /^npm_(?:package_|lifecycle_|config_dry_run$|config_yes$)/;

export interface Installation {
  /** Resolves when all packages are installed; rejects with a `CreateError`. */
  readonly done: Promise<void>;
  /** Stops it and waits until its process is gone. */
  stop(): Promise<void>;
}

/** Installs the packages of a new app. Output is only shown if it fails. */
export function installPackages(folder: string, manager: PackageManager): Installation {
  const child = spawn(manager.command, [...manager.args], {
    cwd: folder,
    // npm's variables about this package and this run would confuse a second npm.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !notForNpm.test(name))),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    done: outcome(child, manager.name),
    async stop() {
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await gone;
      clearTimeout(force);
    },
  };
}

async function outcome(child: ChildProcess, manager: string): Promise<void> {
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-8_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  await new Promise<void>((resolve, reject) => {
    child.once("error", (error) => reject(installFailed({ manager, output: error.message })));
    child.once("close", (code) => (code === 0 ? resolve() : reject(installFailed({ manager, output }))));
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { isListening } from "./is-listening.ts";
import { missingProgram } from "./missing-program.ts";

/**
 * A separate Redis server for a test, which can be killed and restarted on the same port. It stores nothing on disk but what `SAVE` writes
 * to its folder, and starts with that.
 */
export class TestRedis {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), "redis-"));
  #process: ChildProcess | undefined;

  constructor(port: number) {
    this.port = port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    this.#process = spawn("redis-server", [...options, "--dir", this.#folder], { stdio: "ignore" });
    while (!(await isListening(this.port))) await pause(20);
  }

  /** Kills the server, as a crash would. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process === undefined) return;
    const exited = once(process, "exit");
    process.kill("SIGKILL");
    await exited;
  }

  /** Kills the server and deletes what it saved. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** `SIGSTOP` freezes the server, `SIGCONT` resumes it. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#process?.kill(signal);
  }
}

/** Why a Redis server can't be started here, or null if it can. */
export function redisMissing(): string | null {
  return missingProgram("redis-server");
}

/** Starts a Redis server on a free port. */
export async function startRedis(): Promise<TestRedis> {
  const redis = new TestRedis(await freePort());
  await redis.start();
  return redis;
}

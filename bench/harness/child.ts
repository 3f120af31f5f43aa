import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { projectRoot } from "./paths.ts";

/** Starts a process in the repository's folder with piped output. */
export function start(command: readonly string[]): ChildProcess {
  const [program = "", ...rest] = command;
  return spawn(program, rest, {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/** Collects what a process prints, up to a limit; call the result to read it. */
export function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (bytes: Buffer) => {
    if (text.length < mostOutput) text += bytes.toString();
  });
  return () => text;
}

const mostOutput = 1_000_000;

/** Stops a process, at first gracefully; resolves when it has exited. */
export async function stop(child: ChildProcess, graceMs = 1500): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(timer);
}

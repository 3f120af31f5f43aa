import { spawn } from "node:child_process";

/** Runs a program to completion: `{ code, output, ms }`. After `timeoutMs` it is killed and counts as failed. */
export function runCommand(command, args, { folder, environment, timeoutMs = 600_000 }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = startCommand(command, args, { folder, environment });
    const patience = setTimeout(() => child.stop("SIGKILL"), timeoutMs);
    child.process.on("error", (error) => resolve({ code: 127, output: String(error), ms: 0 }));
    child.process.on("close", (code) => {
      clearTimeout(patience);
      resolve({ code: code ?? 1, output: child.output(), ms: performance.now() - started });
    });
  });
}

/** Starts a program in its own process group, so that its children end with it. */
export function startCommand(command, args, { folder, environment }) {
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const listeners = new Set();
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).slice(-200_000);
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const gone = new Promise((resolve) => child.once("close", resolve));
  // However this process ends, it leaves no children behind.
  const killLeftOver = () => signalGroup(child, "SIGKILL");
  process.once("exit", killLeftOver);
  gone.then(() => process.off("exit", killLeftOver));
  return {
    process: child,
    gone,
    output: () => output,
    stop: (signal = "SIGTERM") => signalGroup(child, signal),
    /** The first match in what it prints; rejects when it ends or `timeoutMs` pass without one. */
    printed: (pattern, timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const fail = (reason) => end(() => reject(new Error(`${reason}:\n${output.slice(-3000)}`)));
        const look = () => {
          const found = pattern.exec(output);
          if (found) end(() => resolve(found));
        };
        const patience = setTimeout(
          () => fail(`${command} printed nothing like ${pattern} in ${timeoutMs} ms`),
          timeoutMs,
        );
        const end = (settle) => {
          clearTimeout(patience);
          listeners.delete(look);
          settle();
        };
        listeners.add(look);
        gone.then(() => fail(`${command} ended without printing ${pattern}`));
        look();
      }),
  };
}

function signalGroup(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  if (process.platform === "win32") child.kill(signal);
  else process.kill(-child.pid, signal);
}

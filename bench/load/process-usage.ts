import { readdirSync, readFileSync } from "node:fs";

/** CPU seconds used by all threads of a process; 0 without /proc. */
export function cpuSeconds(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const nanoseconds = readNames(tasks).map((task) => Number(readText(`${tasks}/${task}/schedstat`).split(" ")[0] ?? 0));
  return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e9;
}

/** Resident memory of a process in kilobytes; 0 without /proc. */
export function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** The number of open file descriptors of a process; 0 without /proc. */
export function openFiles(pid: number): number {
  return readNames(`/proc/${pid}/fd`).length;
}

/** Busy seconds of all cores since boot, in the kernel's ticks of 10 ms. */
export function machineBusySeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = readText("/proc/stat")
    .split(/\s+/)
    .slice(1, 8)
    .map(Number);
  return (user + nice + system + irq + softIrq) / 100;
}

/** A thread or process may end between two reads: then there is nothing to read. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function readNames(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The cores of the servers and of the load client; null if processes can't be pinned to different ones. */
export interface Cores {
  readonly server: number | null;
  readonly client: number | null;
}

/** Finds two different cores that this process may use, if `taskset` is there to pin processes to them. */
export function findCores(): Cores {
  const [server, client] = parseCoreList(readAllowed());
  const canPin = spawnSync("taskset", ["-V"]).status === 0;
  if (!canPin || server === undefined || client === undefined) return { server: null, client: null };
  return { server, client };
}

/** The command, pinned to one core. */
export function pinned(core: number | null, command: readonly string[]): readonly string[] {
  return core === null ? command : ["taskset", "-c", String(core), ...command];
}

/** Reads a list of cores as Linux writes it: `0-1,4`. */
export function parseCoreList(text: string): readonly number[] {
  return text.split(",").flatMap((range) => {
    const [first, last = first] = range.trim().split("-").map(Number);
    if (first === undefined || last === undefined || range.trim() === "" || Number.isNaN(first + last)) return [];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function readAllowed(): string {
  try {
    return /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  } catch {
    return ""; // not Linux
  }
}

import { type Stats, unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";

const everyMs = 300;

/** What happened to the file: `deleted` (or moved away), or `replaced` by another one. */
export type DatabaseFileChange = "deleted" | "replaced";

/**
 * Calls `onChange` when another program deletes or replaces a database file. A process that has it open doesn't notice: it keeps
 * using the old file, which nobody else can see. Returns a function that stops watching.
 */
export function watchDatabaseFile(file: string, onChange: (change: DatabaseFileChange) => void): () => void {
  const listener = (now: Stats, before: Stats) => {
    if (!exists(before)) return;
    if (!exists(now)) onChange("deleted");
    else if (now.ino !== before.ino) onChange("replaced");
  };
  watchFile(file, { interval: everyMs, persistent: false }, listener);
  return () => unwatchFile(file, listener);
}

/** Node reports zeros for a file that isn't there. */
function exists(stats: Stats): boolean {
  return stats.mtimeMs !== 0 || stats.ino !== 0;
}

/** The file of a SQLite database, null for one in memory or on a server. Default: `data/app.db`. */
export function databaseFileOf(url: string | undefined, folder: string): string | null {
  const given = url?.trim() || "sqlite:data/app.db";
  if (!given.startsWith("sqlite:") || given === "sqlite::memory:") return null;
  return resolve(folder, given.slice("sqlite:".length).replace(/^\/\/(?=.)/, ""));
}

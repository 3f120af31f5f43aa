import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createAppFileFilter, type Logger, WatchedTree } from "../../base/index.ts";

export interface WatchOptions {
  readonly folders: readonly string[];
  readonly log: Logger;
  /** Called once a burst of writes has settled; `css` if only style sheets changed. */
  readonly onChange: (change: "css" | "other") => void;
}

/** Changed code restarts the server, which open pages notice by themselves. */
const code = /\.(?:ts|tsx|mts|cts)$/;
const settleMs = 50;

/** The folders directly in the root of an app, without packages, builds, data, reports and hidden folders. */
export function appFolders(root: string): string[] {
  const filter = createAppFileFilter(root);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !filter.isWritten(entry.name))
    .map((entry) => join(root, entry.name));
}

/** Watches folders for changed templates and assets: what the app is made of. Returns a function that stops watching. */
export function watchFiles({ folders, log, onChange }: WatchOptions): () => void {
  const changed = new Set<string>();
  let settled: NodeJS.Timeout | undefined;

  function note(file: string): void {
    if (code.test(file)) return;
    changed.add(file);
    clearTimeout(settled);
    settled = setTimeout(() => {
      const isCss = [...changed].every((name) => name.endsWith(".css"));
      changed.clear();
      onChange(isCss ? "css" : "other");
    }, settleMs);
  }

  const watchers = [...new Set(folders)].filter(existsSync).map((folder) => open(folder, note, log));
  return () => {
    clearTimeout(settled);
    for (const watcher of watchers) watcher.close();
  };
}

function open(folder: string, note: (file: string) => void, log: Logger): WatchedTree {
  const filter = createAppFileFilter(dirname(folder));
  const fromRoot = (path: string) => join(basename(folder), path);
  return new WatchedTree({
    folder,
    isIgnored: (path) => filter.isWritten(fromRoot(path)),
    onFile: (path) => filter.isPart(fromRoot(path)) && note(fromRoot(path)),
    onError: (err) =>
      log.warn({ folder, err }, "a folder is no longer watched; reload the page yourself after a change"),
    persistent: false,
  });
}

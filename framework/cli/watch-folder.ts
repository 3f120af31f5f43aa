import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

const ignored =
  /(^|[\\/])(node_modules|dist|data|\.git|\.features-gen|test-results|playwright-report)([\\/]|$)|\.test\.tsx?$/;
const settleMs = 60;

/**
 * Calls `onChange` with the paths of changed TypeScript and JSON files under the folder, once an editor's burst of writes has settled.
 * The answer closes the watchers.
 */
export function watchFolder(folder: string, onChange: (paths: readonly string[]) => void): () => void {
  const changed = new Set<string>();
  let settled: NodeJS.Timeout | undefined;
  const watchers = watchFolders(folder, (file) => {
    if (ignored.test(file) || !/\.(ts|tsx|json)$/.test(file)) return;
    changed.add(file);
    clearTimeout(settled);
    settled = setTimeout(() => {
      const paths = [...changed];
      changed.clear();
      onChange(paths);
    }, settleMs);
  });
  return () => {
    clearTimeout(settled);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/**
 * A watcher of the folder itself and one of each folder in it. Where the system cannot watch a whole tree (Linux), Node walks it: with
 * thousands of packages in it that takes seconds.
 */
function watchFolders(folder: string, onFile: (path: string) => void): ReadonlyMap<string, FSWatcher> {
  const watchers = new Map<string, FSWatcher>();

  function watchBelow(name: string): void {
    if (watchers.has(name) || ignored.test(name) || !isFolder(join(folder, name))) return;
    const watcher = watch(join(folder, name), { recursive: true }, (_event, file) => file && onFile(join(name, file)));
    watchers.set(name, watcher);
    // The folder is gone; one of its name that comes again is watched again.
    watcher.on("error", () => forget(name));
  }

  function forget(name: string): void {
    watchers.get(name)?.close();
    watchers.delete(name);
  }

  const own = watch(folder, (_event, file) => {
    if (!file) return;
    if (watchers.has(file) && !isFolder(join(folder, file))) forget(file);
    watchBelow(file);
    onFile(file);
  });
  watchers.set("", own);
  for (const name of readdirSync(folder)) watchBelow(name);
  return watchers;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

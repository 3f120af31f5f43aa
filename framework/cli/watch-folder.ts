import { type FSWatcher, watch } from "node:fs";

const ignored =
  /(^|[\\/])(node_modules|dist|data|\.git|\.features-gen|test-results|playwright-report)([\\/]|$)|\.test\.tsx?$/;
const settleMs = 60;

/**
 * Calls `onChange` with the paths of changed TypeScript and JSON files under the folder, once an editor's burst of writes has settled.
 * The caller closes the watcher.
 */
export function watchFolder(folder: string, onChange: (paths: readonly string[]) => void): FSWatcher {
  const changed = new Set<string>();
  let settled: NodeJS.Timeout | undefined;
  return watch(folder, { recursive: true }, (_event, file) => {
    if (!file || ignored.test(file) || !/\.(ts|tsx|json)$/.test(file)) return;
    changed.add(file);
    clearTimeout(settled);
    settled = setTimeout(() => {
      const paths = [...changed];
      changed.clear();
      onChange(paths);
    }, settleMs);
  });
}

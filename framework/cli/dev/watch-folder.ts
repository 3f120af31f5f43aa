import { WatchedTree } from "../../base/index.ts";

const ignored =
  /(^|[\\/])(node_modules|dist|data|\.git|\.features-gen|test-results|playwright-report)([\\/]|$)|\.test\.tsx?$/;
const settleMs = 60;

/**
 * Calls `onChange` with the paths of changed TypeScript and JSON files in the folder, once an editor's burst of writes has settled.
 * Returns a function that closes the watchers.
 */
export function watchFolder(folder: string, onChange: (paths: readonly string[]) => void): () => void {
  const changed = new Set<string>();
  let settled: NodeJS.Timeout | undefined;
  const isIgnored = (path: string) => ignored.test(path);
  const tree = new WatchedTree({
    folder,
    isIgnored,
    onFile(file) {
      if (isIgnored(file) || !/\.(ts|tsx|json)$/.test(file)) return;
      changed.add(file);
      clearTimeout(settled);
      settled = setTimeout(() => {
        const paths = [...changed];
        changed.clear();
        onChange(paths);
      }, settleMs);
    },
  });
  return () => {
    clearTimeout(settled);
    tree.close();
  };
}

import { createAppFileFilter, WatchedTree } from "../../base/index.ts";

const code = /\.(?:[cm]?ts|tsx|json)$/;
const settleMs = 60;

/**
 * Calls `onChange` with the paths of changed TypeScript and JSON files that the app is made of, once an editor's burst of writes has
 * settled. Returns a function that closes the watchers.
 */
export function watchFolder(folder: string, onChange: (paths: readonly string[]) => void): () => void {
  const changed = new Set<string>();
  let settled: NodeJS.Timeout | undefined;
  const filter = createAppFileFilter(folder);
  const tree = new WatchedTree({
    folder,
    isIgnored: filter.isWritten,
    onFile(file) {
      if (!code.test(file) || !filter.isPart(file)) return;
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

import { readdirSync, watch } from "node:fs";
import { join, sep } from "node:path";

export interface WatchedTreeOptions {
  readonly folder: string;
  /** Paths, relative to the folder, that are not looked into. */
  readonly isIgnored: (path: string) => boolean;
  /** A file was made, changed, moved or deleted. */
  readonly onFile: (path: string) => void;
  /** A folder cannot be watched, or no longer. */
  readonly onError?: (error: unknown, path: string) => void;
  /** Whether it keeps the process alive; so it does unless told otherwise. */
  readonly persistent?: boolean;
}

/**
 * Tells of changes in a folder and all below it, with one watcher for each folder. Node's own way to watch a tree follows files where
 * the system cannot do it (Linux): a file that is put in place of another, as many editors save, is then followed no more.
 */
export class WatchedTree {
  readonly #options: WatchedTreeOptions;
  readonly #watchers = new Map<string, { close(): void }>();

  constructor(options: WatchedTreeOptions) {
    this.#options = options;
    this.#watch("", false);
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** Watches a folder, by its relative name, and all that are in it; of one that came late the files in it are told. */
  #watch(name: string, isLate: boolean): void {
    const { isIgnored, onFile } = this.#options;
    if (this.#watchers.has(name) || (name !== "" && isIgnored(name))) return;
    const entries = this.#entriesOf(name);
    if (entries === null || !this.#open(name)) return;
    for (const entry of entries) {
      const path = join(name, entry.name);
      if (entry.isDirectory()) this.#watch(path, isLate);
      else if (isLate) onFile(path);
    }
  }

  /** False when the system allows no more watchers. */
  #open(name: string): boolean {
    const { folder, persistent = true, onError } = this.#options;
    try {
      const watcher = watch(join(folder, name), { persistent }, (_event, file) => {
        if (file !== null) this.#notice(join(name, file));
      });
      this.#watchers.set(name, watcher);
      watcher.on("error", (error) => {
        this.#forget(name);
        onError?.(error, name);
      });
      return true;
    } catch (error) {
      onError?.(error, name);
      return false;
    }
  }

  #notice(path: string): void {
    if (this.#entriesOf(path) === null) {
      this.#forget(path);
      this.#options.onFile(path);
    } else this.#watch(path, true);
  }

  /** A folder of that name that comes again is watched again. */
  #forget(name: string): void {
    for (const [known, watcher] of this.#watchers) {
      if (known !== name && !known.startsWith(name + sep)) continue;
      watcher.close();
      this.#watchers.delete(known);
    }
  }

  /** What is in a folder; null for what is none. */
  #entriesOf(name: string) {
    try {
      return readdirSync(join(this.#options.folder, name), { withFileTypes: true });
    } catch {
      return null;
    }
  }
}

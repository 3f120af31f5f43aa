import { readdirSync, watch } from "node:fs";
import { join, sep } from "node:path";

export interface WatchedTreeOptions {
  readonly folder: string;
  /** Which paths, relative to the folder, to skip. */
  readonly isIgnored: (path: string) => boolean;
  /** Called when a file was created, changed, moved or deleted. */
  readonly onFile: (path: string) => void;
  /** Called when a folder can't be watched, or can't be any longer. */
  readonly onError?: (error: unknown, path: string) => void;
  /** Whether watching keeps the process alive. Default: true. */
  readonly persistent?: boolean;
}

/**
 * Reports changes in a folder and everything below it, with one watcher per folder. On Linux, Node's recursive watching follows single
 * files, so it loses those that an editor saves by replacing them.
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

  /** Watches a folder, given by its relative path, and its subfolders. For a folder created later, reports the files in it. */
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

  /** Returns false if the system allows no more watchers. */
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

  /** If a folder with that name is created again, it is watched again. */
  #forget(name: string): void {
    for (const [known, watcher] of this.#watchers) {
      if (known !== name && !known.startsWith(name + sep)) continue;
      watcher.close();
      this.#watchers.delete(known);
    }
  }

  /** The entries of a folder; null if it isn't one. */
  #entriesOf(name: string) {
    try {
      return readdirSync(join(this.#options.folder, name), { withFileTypes: true });
    } catch {
      return null;
    }
  }
}

import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { reasonOf } from "../base/index.ts";
import { rootMissing } from "./errors.ts";
import { isServable } from "./servable-path.ts";

/** A file that may be served. */
export interface AssetFile {
  /** Path relative to its root, with forward slashes. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  /** Time of its last change, in milliseconds since the epoch. */
  readonly changedAtMs: number;
}

export interface LocateOptions {
  /** Files that aren't served. Default: none. */
  readonly hidden?: ReadonlySet<string>;
  /** Called for a file that is there, but isn't served, with the reason. Default: nothing is called. */
  readonly onSkip?: (file: string, reason: string) => void;
}

/** Finds the file for a path. The first root that has it wins, so an app can shadow the framework's files. Null if there is none to serve. */
export function locateAsset(roots: readonly string[], path: string, options: LocateOptions = {}): AssetFile | null {
  if (!isServable(path)) return null;
  for (const root of roots) {
    const found = statInside(root, path, options);
    if (found && !options.hidden?.has(found.file)) return found;
  }
  return null;
}

/** All files that may be served, by path, without the shadowed ones. */
export function scanAssets(roots: readonly string[], options: LocateOptions = {}): ReadonlyMap<string, AssetFile> {
  const files = new Map<string, AssetFile>();
  for (const root of roots) {
    for (const path of pathsIn(root)) {
      if (files.has(path) || !isServable(path)) continue;
      const found = statInside(root, path, options);
      if (found && !options.hidden?.has(found.file)) files.set(path, found);
    }
  }
  return files;
}

function statInside(root: string, path: string, { onSkip }: LocateOptions): AssetFile | null {
  const file = join(root, path);
  try {
    // A symbolic link may point anywhere: the real location counts.
    if (!realpathSync(file).startsWith(realpathSync(root) + sep)) {
      onSkip?.(file, "it's a link to a place outside of the folder");
      return null;
    }
    const facts = statSync(file);
    return facts.isFile() ? { path, file, bytes: facts.size, changedAtMs: facts.mtimeMs } : null;
  } catch (error) {
    // Most paths that are asked for are those of pages, and in another folder.
    if (isThere(file)) onSkip?.(file, reasonOf(error));
    return null;
  }
}

/** Whether there is a file, or a link to nowhere. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file) !== undefined;
  } catch {
    return false;
  }
}

function pathsIn(root: string): string[] {
  try {
    const paths = readdirSync(root, { recursive: true, encoding: "utf8" });
    return paths.map((path) => path.split(sep).join("/")).sort();
  } catch (cause) {
    throw rootMissing({ root, cause });
  }
}

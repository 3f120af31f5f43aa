import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
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

/** Finds the file for a path. The first root that has it wins, so an app can shadow the framework's files. Null if there is none to serve. */
export function locateAsset(
  roots: readonly string[],
  path: string,
  hidden: ReadonlySet<string> = new Set(),
): AssetFile | null {
  if (!isServable(path)) return null;
  for (const root of roots) {
    const found = statInside(root, path);
    if (found && !hidden.has(found.file)) return found;
  }
  return null;
}

/** All files that may be served, by path, without the shadowed ones. */
export function scanAssets(
  roots: readonly string[],
  hidden: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, AssetFile> {
  const files = new Map<string, AssetFile>();
  for (const root of roots) {
    for (const path of pathsIn(root)) {
      if (files.has(path) || !isServable(path)) continue;
      const found = statInside(root, path);
      if (found && !hidden.has(found.file)) files.set(path, found);
    }
  }
  return files;
}

function statInside(root: string, path: string): AssetFile | null {
  try {
    const file = join(root, path);
    // A symbolic link may point anywhere: the real location counts.
    if (!realpathSync(file).startsWith(realpathSync(root) + sep)) return null;
    const facts = statSync(file);
    return facts.isFile() ? { path, file, bytes: facts.size, changedAtMs: facts.mtimeMs } : null;
  } catch {
    return null;
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

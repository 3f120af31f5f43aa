import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { MiddlewareHandler } from "hono";
import { createCachedContent, createFreshContent } from "./asset-content.ts";
import { assetMissing } from "./errors.ts";
import { addFingerprint, fingerprint, integrityOf, splitFingerprint } from "./fingerprint.ts";
import type { FingerprintedAsset } from "./fingerprinted-asset.ts";
import { locateAsset, scanAssets } from "./locate-asset.ts";
import { serveAssets } from "./serve-assets.ts";

export interface AssetsOptions {
  /** Folders with files to serve. The first that has a path wins: the app's folder comes first, the framework's last. */
  readonly roots: readonly string[];
  /** Read files anew for each request, send them uncached and under their plain names; false unless given. */
  readonly dev?: boolean;
  /** Where assets live; `/assets/` unless given. */
  readonly prefix?: string;
}

/** The files of `public/` folders, and their URLs. */
export interface Assets {
  readonly prefix: string;
  readonly isDev: boolean;
  /** The URL of a file: `app.css` becomes `/assets/app.3f2a9c1b.css`, in development `/assets/app.css`. Throws `ASSETS_NOT_FOUND`. */
  url(path: string): string;
  /** The file with its hash and integrity, or null when there is none that may be served. */
  find(path: string): FingerprintedAsset | null;
  /** Paths of all files, sorted. */
  paths(): string[];
  /**
   * Serves `/assets/…`, and the same files under their plain path (`/robots.txt`), to GET and HEAD; everything else goes on to the
   * next handler. URLs with the content's hash are cached for a year, others are revalidated by their ETag.
   */
  middleware(): MiddlewareHandler;
}

/** Looks at the roots once, or in development at each request. Throws `ASSETS_ROOT_NOT_FOUND` for a root that cannot be read. */
export function createAssets(options: AssetsOptions): Assets {
  const roots = options.roots.map((root) => resolve(root));
  const isDev = options.dev ?? false;
  const prefix = options.prefix ?? "/assets/";
  const index = scanAssets(roots);
  const known = new Map<string, FingerprintedAsset>();

  function find(path: string): FingerprintedAsset | null {
    const file = isDev ? locateAsset(roots, path) : (index.get(path) ?? null);
    if (!file) return null;
    const before = known.get(file.file);
    if (before && before.changedAtMs === file.changedAtMs && before.bytes === file.bytes) return before;
    const content = readFileSync(file.file);
    const asset = { ...file, hash: fingerprint(content), integrity: integrityOf(content) };
    known.set(file.file, asset);
    return asset;
  }

  function url(path: string): string {
    const asset = find(path);
    if (!asset) throw assetMissing({ path, roots });
    const isFingerprinted = splitFingerprint(path)?.hash === asset.hash;
    return prefix + encodeURI(isDev || isFingerprinted ? path : addFingerprint(path, asset.hash));
  }

  const content = isDev ? createFreshContent() : createCachedContent();
  return {
    prefix,
    isDev,
    url,
    find,
    paths: () => [...(isDev ? scanAssets(roots) : index).keys()].sort(),
    middleware: () => serveAssets({ find, content, prefix, isDev }),
  };
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { MiddlewareHandler } from "hono";
import type { Logger } from "../base/index.ts";
import { createCachedContent, createFreshContent } from "./asset-content.ts";
import { assetMissing } from "./errors.ts";
import { addFingerprint, fingerprint, integrityOf, isInHashedFolder, splitFingerprint } from "./fingerprint.ts";
import type { FingerprintedAsset } from "./fingerprinted-asset.ts";
import { locateAsset, scanAssets } from "./locate-asset.ts";
import { serveAssets } from "./serve-assets.ts";

export interface AssetsOptions {
  /** Folders with files to serve. The first one with a matching file wins: the app's folder comes first, the framework's last. */
  readonly roots: readonly string[];
  /** Read files from disk for each request, and serve them uncached under their plain names. Default: false. */
  readonly dev?: boolean;
  /** Files that aren't served although they are in a root. */
  readonly hidden?: readonly string[];
  /** Told once about each file in a root that can't be served. Default: no logging. */
  readonly log?: Logger;
  /** URL prefix of all assets. Default: `/assets/`. */
  readonly prefix?: string;
}

/** The files in `public/` folders, and their URLs. */
export interface Assets {
  readonly prefix: string;
  readonly isDev: boolean;
  /** The URL of a file: `app.css` becomes `/assets/app.3f2a9c1b.css`, in development `/assets/app.css`. Throws `ASSETS_NOT_FOUND`. */
  url(path: string): string;
  /** The file with its hash and integrity, or null if it doesn't exist or may not be served. */
  find(path: string): FingerprintedAsset | null;
  /** The paths of all files, sorted. */
  paths(): string[];
  /**
   * Serves `/assets/…`, and the same files under their plain paths (`/robots.txt`), for GET and HEAD; passes everything else on to the
   * next handler. URLs with the content hash are cached for a year; others are revalidated with an ETag.
   */
  middleware(): MiddlewareHandler;
}

/** Scans the roots once, or at each request in development. Throws `ASSETS_ROOT_NOT_FOUND` for a root that can't be read. */
export function createAssets(options: AssetsOptions): Assets {
  const roots = options.roots.map((root) => resolve(root));
  const isDev = options.dev ?? false;
  const prefix = options.prefix ?? "/assets/";
  const hidden = new Set(options.hidden?.map((file) => resolve(file)));
  const skipped = new Set<string>();
  const onSkip = (file: string, reason: string) => {
    if (!skipped.has(file)) options.log?.warn({ file, reason }, "a public file isn't served");
    skipped.add(file);
  };
  const locating = { hidden, onSkip };
  const index = scanAssets(roots, locating);
  const known = new Map<string, FingerprintedAsset>();

  function find(path: string): FingerprintedAsset | null {
    const file = isDev ? locateAsset(roots, path, locating) : (index.get(path) ?? null);
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
    const isFingerprinted = isInHashedFolder(path) || splitFingerprint(path)?.hash === asset.hash;
    return prefix + encodeURI(isDev || isFingerprinted ? path : addFingerprint(path, asset.hash));
  }

  const content = isDev ? createFreshContent() : createCachedContent();
  return {
    prefix,
    isDev,
    url,
    find,
    paths: () => [...(isDev ? scanAssets(roots, locating) : index).keys()].sort(),
    middleware: () => serveAssets({ find, content, prefix, isDev }),
  };
}

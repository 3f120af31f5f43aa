import type { Context, MiddlewareHandler } from "hono";
import { getMimeType } from "hono/utils/mime";
import { acceptedEncoding } from "./accepted-encoding.ts";
import type { AssetContent } from "./asset-content.ts";
import { readRange } from "./byte-range.ts";
import { isInHashedFolder, splitFingerprint } from "./fingerprint.ts";
import type { FingerprintedAsset } from "./fingerprinted-asset.ts";

export interface ServeOptions {
  readonly find: (path: string) => FingerprintedAsset | null;
  readonly content: AssetContent;
  readonly prefix: string;
  readonly isDev: boolean;
}

/** Serves the files that `find` knows for GET and HEAD, and passes everything else on to the next handler. */
export function serveAssets(options: ServeOptions): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return next();
    const found = resolveRequest(c, options);
    if (!found) return next();
    return answer(c, found, options);
  };
}

interface Found {
  readonly asset: FingerprintedAsset;
  /** The URL contains the hash of the content, or of the package it belongs to, so its content never changes. */
  readonly isImmutable: boolean;
}

function resolveRequest(c: Context, options: ServeOptions): Found | null {
  const path = decodePath(new URL(c.req.url).pathname);
  if (path === null) return null;
  const relative = path.startsWith(options.prefix) ? path.slice(options.prefix.length) : path.slice(1);
  // Most requests are for pages, and every file has a dot in its name.
  if (!relative.includes(".")) return null;
  const split = splitFingerprint(relative);
  const literal = options.find(relative);
  if (literal) return { asset: literal, isImmutable: isInHashedFolder(relative) || split?.hash === literal.hash };
  const asset = split && options.find(split.path);
  return asset ? { asset, isImmutable: split.hash === asset.hash } : null;
}

async function answer(c: Context, { asset, isImmutable }: Found, options: ServeOptions): Promise<Response> {
  const type = await typeOf(asset, options.content);
  const isCompressible = /^text\/|[/+](json|xml|javascript|wasm)\b/.test(type);
  const wanted = isCompressible && !options.isDev ? acceptedEncoding(c.req.header("Accept-Encoding")) : null;
  const { bytes, encoding } = await options.content.read(asset, wanted);
  const etag = `"${asset.hash}${encoding ? `-${encoding}` : ""}"`;
  c.header("Content-Type", type);
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Cache-Control", cacheControl(options.isDev, isImmutable));
  c.header("ETag", etag);
  if (isCompressible) c.header("Vary", "Accept-Encoding", { append: true });
  if (matches(c.req.header("If-None-Match"), etag)) return c.body(null, 304);
  if (encoding) c.header("Content-Encoding", encoding);
  else c.header("Accept-Ranges", "bytes");
  const range = encoding ? null : requestedRange(c, etag, bytes.byteLength);
  if (range === "beyond") {
    c.header("Content-Range", `bytes */${bytes.byteLength}`);
    return c.body(null, 416);
  }
  if (range) c.header("Content-Range", `bytes ${range.first}-${range.last}/${bytes.byteLength}`);
  const sent = range ? bytes.subarray(range.first, range.last + 1) : bytes;
  c.header("Content-Length", String(sent.byteLength));
  if (c.req.method === "HEAD") return c.body(null);
  return c.body(sent, range ? 206 : 200);
}

/** Players seek in sound and video by asking for parts. A part of an earlier version would not fit (`If-Range`). */
function requestedRange(c: Context, etag: string, bytes: number) {
  if (c.req.method !== "GET" || (c.req.header("If-Range") ?? etag) !== etag) return null;
  return readRange(c.req.header("Range"), bytes);
}

/** Files without an ending are those that standards put below `.well-known`, which are JSON or text. */
async function typeOf(asset: FingerprintedAsset, content: AssetContent): Promise<string> {
  const type = getMimeType(asset.path);
  if (type !== undefined || /\.[^/]+$/.test(asset.path.replace(/^\.well-known/, "")))
    return type ?? "application/octet-stream";
  const { bytes } = await content.read(asset, null);
  return /^\s*[[{]/.test(new TextDecoder().decode(bytes.subarray(0, 100)))
    ? "application/json"
    : "text/plain; charset=utf-8";
}

function cacheControl(isDev: boolean, isImmutable: boolean): string {
  if (isDev) return "no-store";
  return isImmutable ? "public, max-age=31536000, immutable" : "public, no-cache";
}

/** `If-None-Match` compares weakly (RFC 9110, section 13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.split(",").some((item) => item.trim() === "*" || item.trim().replace(/^W\//, "") === etag);
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

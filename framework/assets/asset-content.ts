import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Encoding } from "./accepted-encoding.ts";
import type { AssetFile } from "./locate-asset.ts";

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Reads and compresses assets. */
export interface AssetContent {
  /** The bytes of a file in an encoding, or uncompressed if compression doesn't make it smaller. */
  read(
    asset: AssetFile,
    encoding: Encoding | null,
  ): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly encoding: Encoding | null }>;
}

// Below this size, compression saves less than the packet headers cost.
const minCompressedBytes = 1024;

/**
 * Keeps contents in memory: each file is read once, and compressed once per encoding at the highest level, since it's served many times.
 * Memory is bounded by the size of the roots.
 */
export function createCachedContent(): AssetContent {
  const known = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const once = (key: string, make: () => Promise<Uint8Array<ArrayBuffer>>) => {
    const content = known.get(key) ?? make();
    known.set(key, content);
    content.catch(() => known.delete(key));
    return content;
  };
  return {
    async read(asset, encoding) {
      const plain = await once(asset.file, () => readBytes(asset.file));
      if (encoding === null || plain.byteLength < minCompressedBytes) return { bytes: plain, encoding: null };
      const small = await once(`${asset.file}\0${encoding}`, () => compress(plain, encoding));
      return small.byteLength < plain.byteLength ? { bytes: small, encoding } : { bytes: plain, encoding: null };
    },
  };
}

/** Reads contents from disk each time, uncompressed: for development, where files change. */
export function createFreshContent(): AssetContent {
  return { read: async (asset) => ({ bytes: await readBytes(asset.file), encoding: null }) };
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file));
}

async function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === "gzip") return new Uint8Array(await deflate(bytes, { level: constants.Z_BEST_COMPRESSION }));
  return new Uint8Array(await brotli(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength } }));
}

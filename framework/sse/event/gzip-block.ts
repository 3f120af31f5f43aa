import { constants, deflateRawSync } from "node:zlib";

/** The head of a gzip stream (RFC 1952): deflate, no flags, no time, unknown system. Sent once a connection. */
export const gzipHead: Uint8Array = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/**
 * The bytes as deflate blocks that end on a byte border and look back at nothing before them (a full flush, RFC 1951), so
 * that one result fits into the stream of every client.
 */
export function compressBlock(bytes: Uint8Array): Buffer {
  return deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
}

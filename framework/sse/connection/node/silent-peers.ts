import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";

/** Kernel tables with a line for each TCP connection of this machine or container. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/** After this many retransmissions, each after twice the time of the previous one, a peer has been silent for about 13 seconds. */
const maxRetransmissions = 6;

/** Remote address, state 01 (established), a non-empty send queue, and how often it was retransmitted. */
const line = /^\s*\d+: \S+ ([0-9A-F]+):([0-9A-F]{4}) 01 (?!00000000)[0-9A-F]+:\S+ \S+ ([0-9A-F]+) /gm;

/**
 * The peers that have stopped acknowledging what they are sent, as `address:port`. A peer that loses power or network does not say so,
 * and its socket accepts bytes for another quarter of an hour before the system gives up; Node has no option to shorten that. Empty
 * where the kernel has no such table (outside Linux).
 */
export async function readSilentPeers(): Promise<ReadonlySet<string>> {
  const found = await Promise.all(tables.map(readTable));
  return new Set(found.flatMap(findSilentPeers));
}

/** The silent peers in the text of one table. */
export function findSilentPeers(table: string): readonly string[] {
  return [...table.matchAll(line)].flatMap(([, address = "", port = "", retransmissions = ""]) =>
    Number.parseInt(retransmissions, 16) < maxRetransmissions
      ? []
      : [formatPeer(readAddress(address), Number.parseInt(port, 16))],
  );
}

/** One notation for both sides: on a dual-stack socket, an IPv4 client has an address of either family. */
export function formatPeer(address: string, port: number): string {
  return `${address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "")}:${port}`;
}

/** The remote end of an open socket, in the same notation. */
export function readPeer({ remoteAddress, remotePort }: Socket): string | null {
  return remoteAddress === undefined || remotePort === undefined ? null : formatPeer(remoteAddress, remotePort);
}

async function readTable(path: string): Promise<string> {
  try {
    return await readFile(path, "latin1");
  } catch {
    // Not Linux, or no IPv6.
    return "";
  }
}

/** The kernel prints four-byte words in the machine's byte order; x86 and ARM are little-endian. */
function readAddress(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.subarray(0, 12).equals(mappedPrefix)) return bytes.subarray(12).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // URL shortens the longest run of zeros, as Node does in `remoteAddress`.
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

const mappedPrefix = Buffer.from("00000000000000000000ffff", "hex");

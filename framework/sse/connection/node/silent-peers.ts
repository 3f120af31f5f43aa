import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";

/** Tables of the kernel with a line for each TCP connection of this machine, or of this container. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/** After so many resends in vain, each after twice the time of the one before, a peer has been silent for about 13 seconds. */
const resendsInVain = 6;

/** Remote address and state 01 (established), something unacknowledged, and how often it was resent. */
const line = /^\s*\d+: \S+ ([0-9A-F]+):([0-9A-F]{4}) 01 (?!00000000)[0-9A-F]+:\S+ \S+ ([0-9A-F]+) /gm;

/**
 * Who acknowledges nothing any more of what is sent, as `address:port`. A peer that lost its power or its network says no word,
 * and its socket takes bytes for a quarter of an hour before the system gives up; Node has no option to shorten that. Where there is
 * no such table (outside Linux) nobody is found.
 */
export async function readSilentPeers(): Promise<ReadonlySet<string>> {
  const found = await Promise.all(tables.map(readTable));
  return new Set(found.flatMap(findSilentPeers));
}

/** The silent ones in the text of one table. */
export function findSilentPeers(table: string): readonly string[] {
  return [...table.matchAll(line)].flatMap(([, address = "", port = "", resends = ""]) =>
    Number.parseInt(resends, 16) < resendsInVain ? [] : [formatPeer(readAddress(address), Number.parseInt(port, 16))],
  );
}

/** One spelling for both sides: an IPv4 client of a socket for both families has an address of either. */
export function formatPeer(address: string, port: number): string {
  return `${address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "")}:${port}`;
}

/** The other end of a socket that is open, in the same spelling. */
export function readPeer({ remoteAddress, remotePort }: Socket): string | null {
  return remoteAddress === undefined || remotePort === undefined ? null : formatPeer(remoteAddress, remotePort);
}

async function readTable(path: string): Promise<string> {
  try {
    return await readFile(path, "latin1");
  } catch {
    // Another system, or one without IPv6.
    return "";
  }
}

/** The kernel prints words of four bytes, each in the machine's own order: x86 and ARM have the low byte first. */
function readAddress(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.subarray(0, 12).equals(mappedPrefix)) return bytes.subarray(12).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // URL shortens the longest row of zeros, as Node does in `remoteAddress`.
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

const mappedPrefix = Buffer.from("00000000000000000000ffff", "hex");

import { describe, expect, it } from "vitest";
import { findSilentPeers, formatPeer } from "./silent-peers.ts";

const heading =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                     \n";

function lineOf(remote: string, rest: string): string {
  return `   7: 0100007F:1F90 ${remote} ${rest} 1000        0 4711 2 0000000000000000 20 4 30 10 -1\n`;
}

describe("findSilentPeers", () => {
  it("finds peers that acknowledge nothing after many retransmissions", () => {
    const table = heading + lineOf("0205A8C0:C350", "01 00000041:00000000 01:00000B2C 00000006");

    expect(findSilentPeers(table)).toEqual(["192.168.5.2:50000"]);
  });

  it("ignores peers that acknowledge, that are only slow, or that have left", () => {
    const table =
      heading +
      lineOf("0205A8C0:C350", "01 00000000:00000000 00:00000000 00000009") +
      lineOf("0205A8C0:C351", "01 00000041:00000000 01:00000B2C 00000003") +
      lineOf("0205A8C0:C352", "04 00000041:00000000 01:00000B2C 00000009");

    expect(findSilentPeers(table)).toEqual([]);
  });

  it("reads IPv4 and IPv6 addresses", () => {
    const waiting = "01 00000041:00000000 01:00000B2C 0000000A";
    const table =
      heading +
      lineOf("B80D0120000000000000000001000000:0050", waiting) +
      lineOf("0000000000000000FFFF00000205A8C0:0051", waiting);

    expect(findSilentPeers(table)).toEqual(["2001:db8::1:80", "192.168.5.2:81"]);
  });
});

describe("formatPeer", () => {
  it("formats addresses from Node and from the kernel the same way", () => {
    expect([formatPeer("::ffff:192.168.5.2", 80), formatPeer("fe80::1%eth0", 81)]).toEqual([
      "192.168.5.2:80",
      "fe80::1:81",
    ]);
  });
});

import { BlockList, isIP } from "node:net";
import { invalidProxy } from "../errors.ts";

/** Which peers may tell us the address of the client. */
export interface ProxyTrust {
  /** Whether this address is one of our proxies. */
  trusts(address: string): boolean;
}

const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"],
};

/**
 * Reads TRUST_PROXY: empty or `false` trusts no proxy, `true` trusts loopback and private networks, and a comma-separated list names
 * `loopback`, `private`, addresses or networks. A number of hops isn't accepted, because it would only fit one topology.
 */
export function createProxyTrust(setting: string | boolean | undefined): ProxyTrust {
  const text = setting === true ? "loopback,private" : setting || "";
  const entries = text
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "" && entry !== "false" && entry !== "0");
  const list = new BlockList();
  for (const entry of entries.flatMap(expand)) add(list, entry);
  return {
    trusts: (address) =>
      entries.length > 0 && isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"),
  };
}

function expand(entry: string): readonly string[] {
  if (entry === "true" || entry === "1") return [...(named.loopback ?? []), ...(named.private ?? [])];
  return (Object.hasOwn(named, entry) ? named[entry] : undefined) ?? [entry];
}

function add(list: BlockList, entry: string): void {
  const [address = "", prefix] = entry.split("/");
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (version === 0 || !Number.isInteger(length) || length < 0 || length > bits || prefix === "")
    throw invalidProxy({ entry });
  list.addSubnet(address, length, version === 6 ? "ipv6" : "ipv4");
}

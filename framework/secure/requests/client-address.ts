import { isIP } from "node:net";
import type { Context, MiddlewareHandler } from "hono";
import type { Logger } from "../../base/index.ts";
import { createProxyTrust, type ProxyTrust } from "./proxy-trust.ts";
import { socketAddress } from "./socket-address.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** The address of the client, as far as it can be trusted; `unknown` if there is no socket. */
    clientAddress: string;
  }
}

/**
 * The address of the client: the socket's, or, behind a trusted proxy, the right-most address in X-Forwarded-For that isn't a trusted
 * proxy itself. Anything further left could have been made up by the client.
 */
export function clientAddress(c: Context, trust: ProxyTrust, onUnreadable: (hop: string) => void = () => {}): string {
  const peer = normalize(socketAddress(c));
  if (!trust.trusts(peer)) return peer;
  const hops = c.req.header("X-Forwarded-For")?.split(",") ?? [];
  let address = peer;
  for (let index = hops.length - 1; index >= 0; index--) {
    const hop = normalize(hops[index]?.trim() ?? "");
    if (isIP(hop) === 0) {
      onUnreadable(hop);
      return address;
    }
    address = hop;
    if (!trust.trusts(hop)) return hop;
  }
  return address;
}

export interface ClientAddressOptions {
  /** The values of TRUST_PROXY. Default: no proxy is trusted. */
  readonly trustProxy?: string | boolean;
  readonly log?: Logger;
}

/** Sets `c.var.clientAddress`. An address that can't be read is logged, the first time. */
export function readClientAddress(options: ClientAddressOptions = {}): MiddlewareHandler {
  const trust = createProxyTrust(options.trustProxy);
  let isLogged = false;
  const logOnce = (hop: string) => {
    if (isLogged || hop === "") return;
    isLogged = true;
    const text =
      "a trusted proxy sent an X-Forwarded-For that can't be read, so its own address counts as the client's";
    options.log?.warn({ address: hop.slice(0, 100) }, text);
  };
  return async function readClientAddress(c, next) {
    c.set("clientAddress", clientAddress(c, trust, logOnce));
    await next();
  };
}

/** The key to count an address by: the whole IPv4 address, but the /64 of an IPv6 address, because one customer owns all of it. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  return `${expandGroups(address).slice(0, 4).join(":")}::/64`;
}

/** The key of a request's address; undefined if nobody knows it. */
export function countedAddress(c: Context): string | undefined {
  const address = c.get("clientAddress") ?? "unknown";
  return address === "unknown" ? undefined : addressKey(address);
}

/** The eight groups of an IPv6 address, in the shortest form. */
function expandGroups(address: string): readonly string[] {
  const [plain = ""] = address.toLowerCase().split("%");
  const [head = "", tail] = plain.replace(/\d+\.\d+\.\d+\.\d+$/, toGroups).split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = 8 - before.length - after.length;
  return [...before, ...new Array<string>(zeros).fill("0"), ...after].map((group) => group.replace(/^0+(?=.)/, ""));
}

/**
 * One form for each address, so that one client has one: without quotes, brackets and the port that some proxies add, and an IPv4 address
 * mapped into IPv6 (`::ffff:192.0.2.1`, `::ffff:c000:201`) as IPv4.
 */
function normalize(given: string): string {
  const text = given.replace(/^"(.*)"$/, "$1");
  const [, inBrackets, beforePort] = /^\[([^\]]*)\](?::\d*)?$|^(\d+\.\d+\.\d+\.\d+):\d*$/.exec(text) ?? [];
  const address = (inBrackets ?? beforePort ?? text).toLowerCase();
  if (isIP(address) !== 6) return address;
  const groups = expandGroups(address);
  return groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff" ? toIPv4(groups.slice(6)) : address;
}

function toGroups(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split(".").map(Number);
  return [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(":");
}

function toIPv4(groups: readonly string[]): string {
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join(".");
}

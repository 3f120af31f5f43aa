import { isIP } from "node:net";
import type { Context, MiddlewareHandler } from "hono";
import { createProxyTrust, type ProxyTrust } from "./proxy-trust.ts";

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
export function clientAddress(c: Context, trust: ProxyTrust): string {
  const peer = normalize(socketAddress(c));
  if (!trust.trusts(peer)) return peer;
  const hops = c.req.header("X-Forwarded-For")?.split(",") ?? [];
  let address = peer;
  for (let index = hops.length - 1; index >= 0; index--) {
    const hop = normalize(hops[index]?.trim() ?? "");
    if (isIP(hop) === 0) return address;
    address = hop;
    if (!trust.trusts(hop)) return hop;
  }
  return address;
}

/** Sets `c.var.clientAddress`. `trustProxy` takes the values of TRUST_PROXY; default: no proxy is trusted. */
export function readClientAddress(options: { readonly trustProxy?: string | boolean } = {}): MiddlewareHandler {
  const trust = createProxyTrust(options.trustProxy);
  return async function readClientAddress(c, next) {
    c.set("clientAddress", clientAddress(c, trust));
    await next();
  };
}

/** The key to count an address by: the whole IPv4 address, but the /64 of an IPv6 address, because one customer owns all of it. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  return `${expandGroups(address).slice(0, 4).join(":")}::/64`;
}

function expandGroups(address: string): readonly string[] {
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...new Array<string>(zeros).fill("0"), ...after].map((group) => group.replace(/^0+(?=.)/, ""));
}

/** Reads an IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) as IPv4, so that one client has one address. */
function normalize(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

/** @hono/node-server passes Node's request in `c.env.incoming`; elsewhere and in `app.request()` there is none. */
function socketAddress(c: Context): string {
  const env: { incoming?: { socket?: { remoteAddress?: unknown } } } | undefined = c.env;
  const address = env?.incoming?.socket?.remoteAddress;
  return typeof address === "string" ? address : "unknown";
}

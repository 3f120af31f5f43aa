import type { MiddlewareHandler } from "hono";
import { writableHeaders } from "./writable-headers.ts";

/**
 * Names the request headers that responses depend on in `Vary`, so that no cache serves one visitor's response, or a fragment, to somebody
 * who asked for something else. On every response, because redirects, refusals and errors depend on them too. `Cookie` is left out where
 * the route says `Cache-Control: public`.
 */
export function varyOn(names: readonly string[]): MiddlewareHandler {
  return async function varyOn(c, next) {
    await next();
    const headers = writableHeaders(c);
    const given = (headers.get("Vary") ?? "").split(",").map((name) => name.trim());
    if (given.includes("*")) return;
    const known = new Set(given.map((name) => name.toLowerCase()));
    const isPublic = /\bpublic\b/i.test(headers.get("Cache-Control") ?? "");
    const missing = names.filter((name) => !known.has(name.toLowerCase()) && !(isPublic && name === "Cookie"));
    headers.set("Vary", [...given.filter((name) => name !== ""), ...missing].join(", "));
  };
}

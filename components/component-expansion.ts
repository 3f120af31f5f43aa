import type { Context, MiddlewareHandler } from "hono";
import type { Registry } from "./registry.ts";

/**
 * Expands `<bk-…>` tags in HTML responses with status 200. Everything else passes through unchanged: other statuses, JSON, files,
 * responses to HEAD, and streamed HTML.
 */
export function componentExpansion(registry: Registry): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!isExpandable(c)) return;
    const html = await c.res.text();
    const expanded = await registry.expand(html);
    const headers = new Headers(c.res.headers);
    headers.delete("Content-Length");
    if (expanded !== html) headers.delete("ETag");
    c.res = undefined;
    c.res = new Response(expanded, { status: 200, headers });
  };
}

function isExpandable(c: Context): boolean {
  const { status, headers, body } = c.res;
  return (
    status === 200 &&
    body !== null &&
    c.req.method !== "HEAD" &&
    (headers.get("Content-Type") ?? "").toLowerCase().startsWith("text/html") &&
    !headers.has("Transfer-Encoding") &&
    !headers.has("Content-Encoding")
  );
}

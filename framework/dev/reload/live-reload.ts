import type { MiddlewareHandler } from "hono";
import type { DevEvents } from "./dev-events.ts";

/**
 * Adds the development script to every full HTML page, so that it reloads when something changes. Fragments, streams and other content
 * stay untouched. The script is a file, so the page's content security policy doesn't need to be relaxed.
 */
export function liveReload(events: DevEvents): MiddlewareHandler {
  return async function liveReload(c, next) {
    await next();
    const isPage = c.res.headers.get("Content-Type")?.startsWith("text/html");
    if (!isPage || c.req.method === "HEAD" || c.req.header("HX-Request-Type") === "partial") return;
    const html = await c.res.text();
    const headers = new Headers(c.res.headers);
    headers.delete("Content-Length");
    headers.delete("ETag");
    const { status } = c.res;
    c.res = undefined;
    c.res = new Response(withScript(html, scriptTag(events.build, { isAnswerToForm: c.req.method !== "GET" })), {
      status,
      headers,
    });
  };
}

/** The script tag, with the build that rendered the page. A page that answers a form is opened again by its URL, never sent again. */
export function scriptTag(build: string, { isAnswerToForm = false } = {}): string {
  const posted = isAnswerToForm ? " data-posted" : "";
  return `<script type="module" src="/__dev/dev.js" data-build="${build}"${posted}></script>`;
}

function withScript(html: string, tag: string): string {
  const end = html.lastIndexOf("</body>");
  if (end < 0 || html.includes("/__dev/dev.js")) return html;
  return html.slice(0, end) + tag + html.slice(end);
}

import type { MiddlewareHandler } from "hono";
import { escapeControls, redactUrl } from "./redact.ts";

export interface RequestLogOptions {
  /** Takes each finished line; standard output unless given. */
  readonly write?: (line: string) => void;
  /** Colours for a terminal; when standard output is one unless given. */
  readonly colours?: boolean;
}

const quietPaths = /^\/(?:__dev\/(?:events|dev\.)|assets\/|favicon)/;

/**
 * Prints one line a request: method, path, status, milliseconds, and what htmx said about it. Secrets in the query are replaced and
 * control characters escaped; the development pages' own files stay out.
 */
export function requestLog(options: RequestLogOptions = {}): MiddlewareHandler {
  const { write = (line: string) => process.stdout.write(`${line}\n`), colours = process.stdout.isTTY === true } =
    options;
  return async function requestLog(c, next) {
    const started = performance.now();
    await next();
    if (quietPaths.test(c.req.path)) return;
    const ms = performance.now() - started;
    const { pathname, search } = new URL(c.req.url);
    const path = escapeControls(redactUrl(pathname + search));
    const kind = c.req.header("HX-Request-Type") === "partial" ? " partial" : "";
    const status = paint(String(c.res.status), colourOf(c.res.status), colours);
    write(`${c.req.method.padEnd(6)} ${status} ${formatMs(ms)} ${path}${paint(kind, 90, colours)}`);
  };
}

function colourOf(status: number): number {
  if (status >= 500) return 31;
  if (status >= 400) return 33;
  return status >= 300 ? 36 : 32;
}

function paint(text: string, colour: number, colours: boolean): string {
  return colours && text !== "" ? `\u001b[${colour}m${text}\u001b[0m` : text;
}

function formatMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`.padStart(8);
}

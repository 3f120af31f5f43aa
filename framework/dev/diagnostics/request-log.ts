import type { MiddlewareHandler } from "hono";
import { escapeControls } from "../../base/index.ts";
import { redactUrl } from "../errors/redact.ts";

export interface RequestLogOptions {
  /** Gets each line. Default: standard output. */
  readonly write?: (line: string) => void;
  /** Terminal colors. Default: whether standard output is a terminal. */
  readonly colors?: boolean;
}

const quietPaths = /^\/(?:__dev\/(?:events|policy-reports|dev\.)|assets\/|favicon)/;

/**
 * Logs one line per request: method, status, time, path, and whether htmx asked for a fragment. Secrets in the query are redacted and
 * control characters escaped. Assets and the files of the development pages are left out.
 */
export function requestLog(options: RequestLogOptions = {}): MiddlewareHandler {
  const { write = (line: string) => process.stdout.write(`${line}\n`), colors = process.stdout.isTTY === true } =
    options;
  return async function requestLog(c, next) {
    const started = performance.now();
    await next();
    if (quietPaths.test(c.req.path)) return;
    const ms = performance.now() - started;
    const { pathname, search } = new URL(c.req.url);
    const path = escapeControls(redactUrl(pathname + search));
    const kind = c.req.header("HX-Request-Type") === "partial" ? " partial" : "";
    const status = paint(String(c.res.status), colorOf(c.res.status), colors);
    write(`${c.req.method.padEnd(6)} ${status} ${formatMs(ms)} ${path}${paint(kind, 90, colors)}`);
  };
}

function colorOf(status: number): number {
  if (status >= 500) return 31;
  if (status >= 400) return 33;
  return status >= 300 ? 36 : 32;
}

function paint(text: string, color: number, colors: boolean): string {
  return colors && text !== "" ? `\u001b[${color}m${text}\u001b[0m` : text;
}

function formatMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`.padStart(8);
}

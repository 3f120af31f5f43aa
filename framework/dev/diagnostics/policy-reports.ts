import type { Hono } from "hono";
import { isRecord, type Logger } from "../../base/index.ts";
import { policyReportsPath } from "../../secure/index.ts";

const maxKnown = 200;

/** Logs what browsers block on pages because of the Content-Security-Policy, once for each directive and source. */
export function mountPolicyReports(app: Hono, { log }: { readonly log: Logger }): void {
  const known = new Set<string>();
  app.post(policyReportsPath, async (c) => {
    const violation = readReport(await c.req.json().catch(() => undefined));
    if (!violation) return c.body(null, 204);
    const { directive, blocked, page } = violation;
    const key = `${directive} ${blocked}`;
    if (known.has(key) || known.size >= maxKnown) return c.body(null, 204);
    known.add(key);
    log.warn({ page, directive, blocked }, explain(directive, blocked));
    return c.body(null, 204);
  });
}

interface Violation {
  readonly directive: string;
  /** An origin, or a word such as `inline` or `eval`. */
  readonly blocked: string;
  readonly page: string;
}

/** A report as `report-uri` sends it (CSP 3, section 5.3). Those about browser extensions are left out. */
function readReport(body: unknown): Violation | undefined {
  const report = isRecord(body) ? body["csp-report"] : undefined;
  if (!isRecord(report)) return undefined;
  const { "effective-directive": directive, "blocked-uri": uri, "document-uri": page, "source-file": source } = report;
  if (typeof directive !== "string" || typeof uri !== "string" || typeof page !== "string") return undefined;
  if (isFromExtension(uri) || (typeof source === "string" && isFromExtension(source))) return undefined;
  const isUrl = /^https?:\/\//.test(uri) && URL.canParse(uri);
  // The report about a redirect names the form, not where it would have led. `warnAboutRedirects` knows that.
  if (directive === "form-action" && isUrl && isSameOrigin(uri, page)) return undefined;
  return {
    directive: directive.slice(0, 50),
    blocked: isUrl ? new URL(uri).origin : uri.slice(0, 50),
    page: pathOf(page),
  };
}

function isFromExtension(url: string): boolean {
  return /^(?:chrome|moz|safari-web|ms-browser)-extension/.test(url);
}

function isSameOrigin(url: string, page: string): boolean {
  return URL.canParse(page) && new URL(url).origin === new URL(page).origin;
}

function pathOf(page: string): string {
  return URL.canParse(page) ? new URL(page).pathname : "";
}

function explain(directive: string, blocked: string): string {
  const name = directive.replace(/-(?:elem|attr)$/, "");
  const what = `the browser blocked ${blocked} because of the page's policy (${name}).`;
  if (/^https?:/.test(blocked) || /^(?:data|blob|ws|wss)$/.test(blocked)) {
    const source = /^https?:/.test(blocked) ? blocked : `${blocked}:`;
    return `${what} To allow it: secure: { addToPolicy: { "${name}": ["${source}"] } }`;
  }
  if (blocked === "inline")
    return `${what} Move scripts and styles into files in public/, and use classes instead of style attributes`;
  return `${what} See the guide "Security"`;
}

import { Hono } from "hono";
import { createLogger, type Logger } from "../../base/index.ts";
import { type Layout, pageRenderer } from "../../html/index.ts";
import { createMemoryRateLimits, createRateLimiter, createSigner, type RateLimiter } from "../../secure/index.ts";
import { flash, takeFlash } from "../flash/flash.ts";
import { FlashArea } from "../flash/flash-area.tsx";
import { formPosts } from "./form-posts.ts";

const PlainLayout: Layout = ({ c, title, children }) => (
  <html lang="en">
    <title>{title}</title>
    <FlashArea messages={takeFlash(c)} />
    {children}
  </html>
);

/** Signs and seals the cookies of these apps. */
export const signer = createSigner(["a secret of some length"]);

export const site = "http://site.test";

export interface TestFormsOptions {
  readonly limiter?: RateLimiter;
  readonly clock?: { now(): number };
  readonly user?: () => string;
}

/** An app with what forms need, and its log. */
export function createFormsApp(options: TestFormsOptions = {}): { app: Hono; logLines: string[] } {
  const logLines: string[] = [];
  const log: Logger = createLogger({ destination: { write: (line: string) => void logLines.push(line) } });
  const store = createMemoryRateLimits(options.clock ? { clock: options.clock } : {});
  const limiter = options.limiter ?? createRateLimiter({ store });
  const app = new Hono();
  app.use(
    pageRenderer(PlainLayout),
    async (c, next) => {
      c.set("csrfToken", c.req.header("X-Test-Visitor") ?? "token");
      await next();
    },
    flash({
      signer: { sign: (value) => signer.sign(value, "flash"), verify: (signed) => signer.verify(signed, "flash") },
      secureCookies: false,
    }),
    formPosts({
      limiter,
      signer,
      secureCookies: false,
      dev: true,
      log,
      appUrl: site,
      visitor: () => options.user?.() ?? "",
    }),
  );
  app.onError((error, c) => c.text(error.message, 500));
  return { app, logLines };
}

export type Fields = Readonly<Record<string, string | readonly string[] | Blob>>;

/** A browser with a cookie jar, without JavaScript; `headers` make it htmx. */
export class Visitor {
  readonly #app: Hono;
  readonly #cookies = new Map<string, string>();

  constructor(app: Hono) {
    this.#app = app;
  }

  async get(path: string): Promise<string> {
    return (await this.#send(path, {})).text();
  }

  /** Sends fields as a page at `from` does. */
  async post(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Response> {
    const from: Record<string, string> = headers["HX-Request"] ? {} : { Referer: `${site}/notes?page=2` };
    const body = bodyOf(fields);
    return this.#send(path, { method: "POST", body, headers: { ...from, ...headers } });
  }

  async #send(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
    const Cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.#app.request(site + path, { ...init, headers: { ...init.headers, Cookie } });
    for (const text of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}

function bodyOf(fields: Fields): URLSearchParams | FormData {
  const entries = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: string | Blob): [string, string | Blob] => [name, one]),
  );
  if (!entries.some(([, value]) => value instanceof Blob)) {
    return new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)]));
  }
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

/** The headers of htmx; `live` on a page with a stream. */
export const htmx = {
  "HX-Request": "true",
  "HX-Request-Type": "partial",
  "HX-Current-URL": `${site}/notes?page=2`,
} as const;
export const live = { ...htmx, "X-Connection-Id": "c1" } as const;

/** The hidden fields of the form with this id, as the page sends them. */
export function ownFieldsOf(html: string, id: string): Record<string, string> {
  const start = html.indexOf(`id="${id}"`);
  const part = html.slice(Math.max(start, 0));
  const form = part.slice(0, part.includes("</form>") ? part.indexOf("</form>") : undefined);
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value]));
}

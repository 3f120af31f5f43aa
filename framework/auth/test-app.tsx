import { Hono } from "hono";
import { createMail, createMemorySender } from "../../mail/index.ts";
import { KitError, silentLogger } from "../base/index.ts";
import { FlashArea, flash, takeFlash } from "../forms/index.ts";
import { pageRenderer } from "../html/index.ts";
import {
  createMemoryRateLimits,
  createRateLimiter,
  createSigner,
  csrf,
  readClientAddress,
  secureHeaders,
} from "../secure/index.ts";
import type { AuthSettings } from "./auth.ts";
import { createAuth } from "./create-auth.ts";
import { createMemoryAuditStore } from "./safeguards/audit-stores.ts";
import { createMemorySecondFactorStore } from "./second-factor/memory-second-factor-store.ts";
import { createMemorySessionStore } from "./sessions/memory-session-store.ts";
import type { SessionEnd } from "./sessions/session.ts";
import { createMemoryTokenStore } from "./tokens/memory-token-store.ts";
import { createMemoryUserStore } from "./users/memory-user-store.ts";

const appUrl = "https://app.example";

/** A small app with accounts, a clock that tests can set, and a record of sent mails. */
export function createTestApp(settings: AuthSettings = {}) {
  const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time };
  const signer = createSigner(["a secret for tests that is long enough"]);
  const sender = createMemorySender();
  const mail = createMail({ sender, log: silentLogger, appName: "Team board", appUrl, from: "board@app.example" });
  const limiter = createRateLimiter({ store: createMemoryRateLimits({ clock }) });
  const sessionStore = settings.sessionStore ?? createMemorySessionStore();
  const tokenStore = settings.tokenStore ?? createMemoryTokenStore();
  const audit = createMemoryAuditStore();
  const auth = createAuth({
    users: createMemoryUserStore(),
    auditStore: audit,
    secondFactorStore: createMemorySecondFactorStore(),
    ...settings,
    sessionStore,
    tokenStore,
    // Weak on purpose: these tests are about pages; passwords.test.ts covers hashing.
    passwords: { memoryKiB: 64, passes: 1, ...settings.passwords },
    // Delivered before `idle` resolves, so that tests don't have to wait for a queue.
    mail: { appName: mail.appName, messages: mail.messages, sendLater: mail.send },
    ...{ clock, signer, appUrl, limiter, log: silentLogger, secureCookies: true },
  });
  const ends: SessionEnd[] = [];
  auth.onSessionEnd((end) => void ends.push(end));
  const app = new Hono();
  app.use(
    secureHeaders(),
    readClientAddress({ trustProxy: "loopback" }),
    auth.middleware(),
    csrf({ appUrl, signer, isSecure: true }),
    flash({ signer }),
    pageRenderer(({ title, c, children }) => (
      <html lang="en">
        <title>{title}</title>
        <FlashArea messages={takeFlash(c)} />
        {children}
      </html>
    )),
  );
  for (const part of auth.parts()) part.mount(app);
  app.onError((error, c) => {
    if (error instanceof KitError && error.status < 500) return c.text(error.code, error.status === 403 ? 403 : 400);
    return c.text(
      `${error.name}: ${error.message}\n${error.stack}`,
      error instanceof KitError && error.status === 503 ? 503 : 500,
    );
  });
  return { app, auth, clock, ends, audit, sessionStore, tokenStore, mails: sender, settle: () => auth.idle() };
}

export type TestApp = ReturnType<typeof createTestApp>;

export interface VisitOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly form?: Record<string, string> | URLSearchParams;
  readonly address?: string;
  readonly body?: ArrayBuffer;
}

/** A minimal browser: keeps cookies, sends Sec-Fetch-Site, follows no redirects. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #app: Hono;

  constructor(app: Hono) {
    this.#app = app;
  }

  async visit(path: string, options: VisitOptions = {}): Promise<Response> {
    const headers = new Headers({ Accept: "text/html", "Sec-Fetch-Site": "same-origin", ...options.headers });
    if (this.cookies.size > 0)
      headers.set("Cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    if (options.address) headers.set("X-Forwarded-For", options.address);
    const method = options.method ?? (options.form ? "POST" : "GET");
    const sent = options.body ?? (options.form ? new URLSearchParams(options.form) : undefined);
    const body = sent === undefined ? {} : { body: sent };
    const env = { incoming: { socket: { remoteAddress: "127.0.0.1" } } };
    const answer = await this.#app.request(`https://app.example${path}`, { method, headers, ...body }, env);
    this.#keep(answer);
    return answer;
  }

  post(path: string, form: Record<string, string> = {}, options: VisitOptions = {}): Promise<Response> {
    return this.visit(path, { ...options, form });
  }

  /** Sends a form with files. */
  async send(path: string, fields: readonly (readonly [name: string, value: string | File])[]): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    const form = new Response(body);
    const headers = { "Content-Type": form.headers.get("Content-Type") ?? "" };
    return await this.visit(path, { method: "POST", headers, body: await form.arrayBuffer() });
  }

  #keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const [name = "", value = ""] = pair.split("=");
      if (attributes.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

export const ann = { name: "Ann", email: "ann@example.com", password: "correct horse battery" };

/** Creates and confirms Ann's account, and clears the mails. */
export async function registerAnn(test: TestApp): Promise<void> {
  await new Visitor(test.app).post("/register", ann);
  await test.settle();
  // Without the page, which would start a session.
  const { users } = test.auth;
  await users.update((await users.findByEmail(ann.email))?.id ?? "", { emailVerifiedAt: test.clock.time });
  test.mails.clear();
}

export async function logInAnn(test: TestApp, more: Record<string, string> = {}): Promise<Visitor> {
  const visitor = new Visitor(test.app);
  await visitor.post("/login", { email: ann.email, password: ann.password, ...more });
  return visitor;
}

/** The token in the newest mail. */
export async function mailedToken(test: TestApp): Promise<string> {
  const mail = await newestMail(test);
  return /token=([\w-]{43})/.exec(mail?.text ?? "")?.[1] ?? "";
}

export async function newestMail(test: TestApp) {
  await test.settle();
  return test.mails.sent.at(-1);
}

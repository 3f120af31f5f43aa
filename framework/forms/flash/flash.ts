import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Logger, silentLogger } from "../../base/index.ts";
import { missingFlash } from "../errors.ts";

/** The kind of a message, by which the page styles it. */
export type FlashKind = "info" | "success" | "warning" | "error";

/** A message for the next page of this visitor. */
export interface FlashMessage {
  readonly kind: FlashKind;
  readonly text: string;
}

/** Signs cookie values for one purpose. `verify` returns the value, or null if the signature isn't valid. */
export interface FlashSigner {
  sign(value: string, purpose: string): string;
  verify(signed: string, purpose: string): string | null;
}

export interface FlashOptions {
  readonly signer: FlashSigner;
  /** Send the cookie over https only, with a `__Host-` name. Default: true. Use false for development on http. */
  readonly secureCookies?: boolean;
  /** How long a message waits for its page. Default: 300. */
  readonly maxAgeSeconds?: number;
  /** Told about messages that don't fit into the cookie. Default: no log. */
  readonly log?: Logger;
}

/** The messages of one request. */
export interface Flash {
  /** Keeps a message for the next page, or for this one if it is taken later in the same request. */
  set(kind: FlashKind, text: string): void;
  /** Returns all pending messages and removes them. */
  take(): readonly FlashMessage[];
}

declare module "hono" {
  interface ContextVariableMap {
    flash: Flash;
  }
}

// Leaves room in a 4096-byte cookie for the signature and the encoding.
const maxBytes = 2000;

/**
 * Sets `c.var.flash` on every request. Messages are kept in a signed, short-lived cookie. A modified cookie is ignored. If there are too
 * many messages, only the latest are kept, and the log says so.
 */
export function flash(options: FlashOptions): MiddlewareHandler {
  const isSecure = options.secureCookies ?? true;
  const name = isSecure ? "__Host-flash" : "flash";
  return async function flash(c, next) {
    const sent = getCookie(c, name);
    const verified = sent === undefined ? null : options.signer.verify(sent, "flash");
    const waiting = verified === null ? [] : decode(verified);
    const before = waiting.length;
    let isChanged = false;
    c.set("flash", {
      set(kind, text) {
        waiting.push({ kind, text });
        isChanged = true;
      },
      take() {
        isChanged ||= before > 0;
        return waiting.splice(0);
      },
    });
    await next();
    if (!isChanged) return;
    const attributes = { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure } as const;
    if (waiting.length === 0) {
      if (sent !== undefined) deleteCookie(c, name, attributes);
      return;
    }
    const kept = fitting(waiting);
    if (isCut(waiting, kept)) {
      const facts = { path: c.req.path, messages: waiting.length, kept: kept.length };
      (options.log ?? silentLogger).warn(
        facts,
        "flash messages were left out or cut, because they don't fit into a cookie",
      );
    }
    setCookie(c, name, options.signer.sign(encode(kept), "flash"), {
      ...attributes,
      maxAge: options.maxAgeSeconds ?? 300,
    });
  };
}

/** Keeps a message for the next page of this visitor. Throws `FORMS_FLASH_NOT_INSTALLED` without the middleware. */
export function setFlash(c: Context, kind: FlashKind, text: string): void {
  flashOf(c).set(kind, text);
}

/** Returns the pending messages and removes them. Throws `FORMS_FLASH_NOT_INSTALLED` without the middleware. */
export function takeFlash(c: Context): readonly FlashMessage[] {
  return flashOf(c).take();
}

function flashOf(c: Context): Flash {
  const found = c.var.flash;
  if (!found) throw missingFlash();
  return found;
}

/** The latest messages, as many as a cookie holds. */
function fitting(messages: readonly FlashMessage[]): FlashMessage[] {
  const kept = messages.map((message) => ({ kind: message.kind, text: message.text.slice(0, 500) }));
  while (kept.length > 1 && Buffer.byteLength(JSON.stringify(kept)) > maxBytes) kept.shift();
  return kept;
}

function isCut(messages: readonly FlashMessage[], kept: readonly FlashMessage[]): boolean {
  return kept.length < messages.length || messages.some(({ text }) => text.length > 500);
}

function encode(messages: readonly FlashMessage[]): string {
  return Buffer.from(JSON.stringify(messages)).toString("base64url");
}

function decode(value: string): FlashMessage[] {
  try {
    const list: unknown = JSON.parse(Buffer.from(value, "base64url").toString());
    return Array.isArray(list) ? list.filter(isMessage) : [];
  } catch {
    return [];
  }
}

const kinds: readonly unknown[] = ["info", "success", "warning", "error"] satisfies FlashKind[];

function isMessage(value: unknown): value is FlashMessage {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    "text" in value &&
    kinds.includes(value.kind) &&
    typeof value.text === "string"
  );
}

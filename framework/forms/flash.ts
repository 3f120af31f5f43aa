import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { missingFlash } from "./errors.ts";

/** What a message is about; the page styles and announces it accordingly. */
export type FlashKind = "info" | "success" | "warning" | "error";

/** A message for the next page that this visitor sees. */
export interface FlashMessage {
  readonly kind: FlashKind;
  readonly text: string;
}

/** Signs cookie values for one purpose. `verify` answers the value, or null when the signature is not ours. */
export interface FlashSigner {
  sign(value: string, purpose: string): string;
  verify(signed: string, purpose: string): string | null;
}

export interface FlashOptions {
  readonly signer: FlashSigner;
  /** Send the cookie over https only, under a `__Host-` name; true unless given. False is for development on http. */
  readonly secureCookies?: boolean;
  /** How long a message waits for its page; 300 unless given. */
  readonly maxAgeSeconds?: number;
}

/** The messages of one request. */
export interface Flash {
  /** Keeps a message for the next page, or for this one if it is taken later in the same request. */
  set(kind: FlashKind, text: string): void;
  /** Hands out all waiting messages; they are gone afterwards. */
  take(): readonly FlashMessage[];
}

declare module "hono" {
  interface ContextVariableMap {
    flash: Flash;
  }
}

// A cookie of 4096 bytes must hold the signature and the encoding's overhead too.
const maxBytes = 2000;

/**
 * Gives every request `c.var.flash`. Messages wait in a signed, short-lived cookie; a cookie that was tampered with counts as none.
 * Of too many messages the latest are kept.
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
    setCookie(c, name, options.signer.sign(encode(waiting), "flash"), {
      ...attributes,
      maxAge: options.maxAgeSeconds ?? 300,
    });
  };
}

/** Keeps a message for the next page that this visitor sees. Throws `FORMS_FLASH_NOT_INSTALLED` without the middleware. */
export function setFlash(c: Context, kind: FlashKind, text: string): void {
  flashOf(c).set(kind, text);
}

/** Hands out the waiting messages, which are gone afterwards. Throws `FORMS_FLASH_NOT_INSTALLED` without the middleware. */
export function takeFlash(c: Context): readonly FlashMessage[] {
  return flashOf(c).take();
}

function flashOf(c: Context): Flash {
  const found = c.var.flash;
  if (!found) throw missingFlash();
  return found;
}

function encode(messages: readonly FlashMessage[]): string {
  const kept = messages.map((message) => ({ kind: message.kind, text: message.text.slice(0, 500) }));
  while (kept.length > 1 && Buffer.byteLength(JSON.stringify(kept)) > maxBytes) kept.shift();
  return Buffer.from(JSON.stringify(kept)).toString("base64url");
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

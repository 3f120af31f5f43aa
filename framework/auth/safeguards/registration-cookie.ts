import type { Context } from "hono";
import type { Clock } from "../../base/index.ts";
import { dropCookie, readCookie, type Signer, writeCookie } from "../../secure/index.ts";

/**
 * Remembers in which browser an account was made, so that confirming its address there logs in. Sealed, because a readable id
 * would tell a new account from one whose address was taken.
 */
export interface RegistrationCookie {
  /** Good for one hour. For a taken address it is written too, with an id that no account has. */
  write(c: Context, userId: string): void;
  /** Whether this browser registered that account within the hour. */
  isOf(c: Context, userId: string): boolean;
  drop(c: Context): void;
}

export interface RegistrationCookieOptions {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly isSecure: boolean;
}

const name = "registered";
const purpose = "registration";
const lifetimeMs = 60 * 60 * 1000;

export function createRegistrationCookie({ signer, clock, isSecure }: RegistrationCookieOptions): RegistrationCookie {
  function write(c: Context, userId: string): void {
    // The end is within, since a browser's word for the age of a cookie counts for nothing.
    const value = signer.seal(`${userId} ${clock.now() + lifetimeMs}`, purpose);
    writeCookie(c, { name, value, isSecure, maxAgeSeconds: lifetimeMs / 1000 });
  }

  function isOf(c: Context, userId: string): boolean {
    const sealed = readCookie(c, name, isSecure);
    const [id, end] = (sealed && signer.unseal(sealed, purpose)?.split(" ")) || [];
    return id === userId && Number(end) > clock.now();
  }

  function drop(c: Context): void {
    if (readCookie(c, name, isSecure) !== undefined) dropCookie(c, name, isSecure);
  }

  return { write, isOf, drop };
}

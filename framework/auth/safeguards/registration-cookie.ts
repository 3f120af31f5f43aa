import type { Context } from "hono";
import type { Clock } from "../../base/index.ts";
import { dropCookie, readCookie, type Signer, writeCookie } from "../../secure/index.ts";

/**
 * Remembers which browser created an account, so that confirming the address in that browser logs in. Sealed, because a readable id
 * would reveal whether the account is new or the address was taken.
 */
export interface RegistrationCookie {
  /** Valid for one hour. Also written for a taken address, with an id that no account has. */
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

/** Creates the reader and writer of the registration cookie. */
export function createRegistrationCookie({ signer, clock, isSecure }: RegistrationCookieOptions): RegistrationCookie {
  function write(c: Context, userId: string): void {
    // The expiry is part of the sealed value, because a browser can't be trusted to expire a cookie.
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

import type { Context } from "hono";
import type { Clock } from "../../base/index.ts";
import { dropCookie, readCookie, type Signer, writeCookie } from "../../secure/index.ts";
import type { UserRecord } from "../users/user.ts";

/**
 * A login that has passed the password step but not yet the code, in a sealed cookie. It isn't a session, and only opens the page that
 * asks for the code.
 */
export interface PendingLogin {
  /** Valid for five minutes, or until the password changes. */
  write(c: Context, user: UserRecord, isRemembered: boolean): void;
  read(c: Context): PendingFacts | null;
  /** Whether the user's password is still the one that was entered. */
  isOf(facts: PendingFacts, user: UserRecord): boolean;
  drop(c: Context): void;
}

export interface PendingFacts {
  readonly userId: string;
  readonly isRemembered: boolean;
  readonly proof: string;
}

export interface PendingLoginOptions {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly isSecure: boolean;
}

const name = "second-step";
const purpose = "second step";
const lifetimeMs = 5 * 60_000;

/** Creates the reader and writer of the cookie between the two login steps. */
export function createPendingLogin({ signer, clock, isSecure }: PendingLoginOptions): PendingLogin {
  const proofOf = (user: UserRecord) => signer.mac(user.passwordHash ?? "", purpose);
  return {
    write(c, user, isRemembered) {
      const end = clock.now() + lifetimeMs;
      const value = signer.seal([user.id, isRemembered ? "1" : "0", end, proofOf(user)].join(" "), purpose);
      writeCookie(c, { name, value, isSecure, maxAgeSeconds: lifetimeMs / 1000 });
    },
    read(c) {
      const sealed = readCookie(c, name, isSecure);
      const [userId, remember, end, proof] = (sealed && signer.unseal(sealed, purpose)?.split(" ")) || [];
      if (!userId || !proof || !(Number(end) > clock.now())) return null;
      return { userId, isRemembered: remember === "1", proof };
    },
    isOf: (facts, user) => facts.proof === proofOf(user),
    drop(c) {
      if (readCookie(c, name, isSecure) !== undefined) dropCookie(c, name, isSecure);
    },
  };
}

import { type Clock, hashToken, randomToken } from "../../base/index.ts";
import type { StoredToken, TokenPurpose, TokenStore } from "./token-store.ts";

/** Tokens for mailed links: 256 bit, stored as hashes, good once, for one purpose, until they expire or a newer one is made. */
export interface Tokens {
  /** A new token for a user; `email` is the address that it is about. */
  create(token: { readonly userId: string; readonly purpose: TokenPurpose; readonly email: string }): Promise<string>;
  /** What a token stands for, without using it up: for the page that a link opens. Null when it is not good. */
  look(token: string, purpose: TokenPurpose): Promise<StoredToken | null>;
  /** Uses a token up. Of any number of tries at once one succeeds; the others get null. */
  take(token: string, purpose: TokenPurpose): Promise<StoredToken | null>;
  deleteForUser(userId: string): Promise<void>;
  deleteExpired(): Promise<number>;
}

const hour = 60 * 60 * 1000;

/** How long tokens live, in milliseconds. */
export const tokenLifetimes: Readonly<Record<TokenPurpose, number>> = {
  "verify-email": 24 * hour,
  "reset-password": hour,
  "approve-email-change": 24 * hour,
  "change-email": 24 * hour,
};

/** Makes and checks the tokens of mailed links. */
export function createTokens({ store, clock }: { readonly store: TokenStore; readonly clock: Clock }): Tokens {
  async function look(token: string, purpose: TokenPurpose): Promise<StoredToken | null> {
    if (!/^[\w-]{43}$/.test(token)) return null;
    const found = await store.find(hashToken(token));
    return found && found.purpose === purpose && found.expiresAt > clock.now() ? found : null;
  }
  return {
    async create({ userId, purpose, email }) {
      const token = randomToken();
      const now = clock.now();
      const stored = { id: hashToken(token), userId, purpose, email, createdAt: now };
      await store.replace({ ...stored, expiresAt: now + tokenLifetimes[purpose] });
      return token;
    },
    look,
    async take(token, purpose) {
      const found = await look(token, purpose);
      return found && (await store.take(found.id)) ? found : null;
    },
    deleteForUser: (userId) => store.deleteForUser(userId),
    deleteExpired: () => store.deleteExpired(clock.now()),
  };
}

import { type Clock, hashToken, randomToken } from "../../base/index.ts";

/** What an emailed link is for. A link works for one purpose only. */
export type TokenPurpose = "verify-email" | "reset-password" | "approve-email-change" | "change-email";

/** An emailed link as stored: the hash of its token, and what it is bound to. */
export interface StoredToken {
  readonly id: string;
  readonly userId: string;
  readonly purpose: TokenPurpose;
  /** The address the link was sent to; for `approve-email-change`, the new address to approve. */
  readonly email: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** Where the hashes of emailed tokens are stored. */
export interface TokenStore {
  /** Stores a token and deletes any other of the same user and purpose. */
  replace(token: StoredToken): Promise<void>;
  find(id: string): Promise<StoredToken | null>;
  /** Deletes a token. Exactly one of several concurrent callers gets `true`. */
  take(id: string): Promise<boolean>;
  deleteForUser(userId: string): Promise<void>;
  deleteExpired(now: number): Promise<number>;
}

/** Tokens for emailed links: 256 bits, stored as hashes, single-use, bound to one purpose, valid until they expire or are replaced. */
export interface Tokens {
  /** Creates a token for a user; `email` is the address it is about. */
  create(token: { readonly userId: string; readonly purpose: TokenPurpose; readonly email: string }): Promise<string>;
  /** Looks a token up without using it, for the page that a link opens. Null if it isn't valid. */
  look(token: string, purpose: TokenPurpose): Promise<StoredToken | null>;
  /** Uses a token up. Exactly one of several concurrent calls succeeds; the others get null. */
  take(token: string, purpose: TokenPurpose): Promise<StoredToken | null>;
  deleteForUser(userId: string): Promise<void>;
  deleteExpired(): Promise<number>;
}

const hour = 60 * 60 * 1000;

/** How long tokens are valid, in milliseconds. */
export const tokenLifetimes: Readonly<Record<TokenPurpose, number>> = {
  "verify-email": 24 * hour,
  "reset-password": hour,
  "approve-email-change": 24 * hour,
  "change-email": 24 * hour,
};

/** Creates and checks the tokens of emailed links. */
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

/** What a mailed link is for. A link is good for one purpose only. */
export type TokenPurpose = "verify-email" | "reset-password" | "approve-email-change" | "change-email";

/** A mailed link as it is stored: the hash of its token, and what it is bound to. */
export interface StoredToken {
  readonly id: string;
  readonly userId: string;
  readonly purpose: TokenPurpose;
  /** The address that it was sent to; of `approve-email-change`, the new address that it agrees to. */
  readonly email: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** Where the hashes of mailed tokens are kept. */
export interface TokenStore {
  /** Stores a token in place of all others of this user and purpose. */
  replace(token: StoredToken): Promise<void>;
  find(id: string): Promise<StoredToken | null>;
  /** Deletes one token; of many callers at once exactly one is told `true`. */
  take(id: string): Promise<boolean>;
  deleteForUser(userId: string): Promise<void>;
  deleteExpired(now: number): Promise<number>;
}

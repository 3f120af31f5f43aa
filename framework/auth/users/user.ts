/** Somebody who has an account, as handlers and pages see them. Times are milliseconds since the epoch. */
export interface User {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  /** `member` unless the app says otherwise. */
  readonly role: string;
  /** When the address was confirmed; null while it is not. */
  readonly emailVerifiedAt: number | null;
  readonly avatarUrl: string | null;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
}

/** What is stored about a user: the same, and what no page may show. */
export interface UserRecord extends User {
  /** PHC text of argon2id, or an older digest; null for users without a password. */
  readonly passwordHash: string | null;
  /** Set while the account may not be used. */
  readonly disabledAt: number | null;
}

/** The user without what no page may show. */
export function publicUser(record: UserRecord): User {
  const { passwordHash: _hash, disabledAt: _disabled, ...user } = record;
  return user;
}

/** How an address is stored and looked up: without spaces around it, in lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

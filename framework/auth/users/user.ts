import { domainToASCII } from "node:url";
import { createId } from "../../base/index.ts";

/** A person with an account, as handlers and pages see them. Times are milliseconds since the epoch. */
export interface User {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  /** Default: `member`. */
  readonly role: string;
  /** When the address was confirmed, or null. */
  readonly emailVerifiedAt: number | null;
  readonly avatarUrl: string | null;
  readonly createdAt: number;
  readonly lastLoginAt: number | null;
}

/** A user as stored, including fields that must never reach a page. */
export interface UserRecord extends User {
  /** argon2id hash in PHC format, or a bcrypt digest from another system; null for users without a password. */
  readonly passwordHash: string | null;
  /** Set while the account is disabled. */
  readonly disabledAt: number | null;
}

/** The fields that a new account must have; the others have defaults. */
export type NewUser = Pick<UserRecord, "email" | "name" | "passwordHash" | "createdAt"> & Partial<UserRecord>;

/** A new user record with an id, ready to be stored. */
export function newUser(fields: NewUser): UserRecord {
  const unset = { emailVerifiedAt: null, avatarUrl: null, disabledAt: null, lastLoginAt: null };
  return { id: createId(), role: "member", ...unset, ...fields };
}

/** The user without the fields that must never reach a page. */
export function publicUser(record: UserRecord): User {
  const { passwordHash: _hash, disabledAt: _disabled, ...user } = record;
  return user;
}

const nonAscii = /[^\u0020-\u007e]/;

/** The form in which addresses are stored and looked up: trimmed, in lower case, the domain in ASCII (`xn--…`) as browsers send it. */
export function normalizeEmail(email: string): string {
  const address = email.trim().toLowerCase().normalize("NFC");
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (at < 0 || !nonAscii.test(domain)) return address;
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

/** The fields of a user that can change. */
export type UserChanges = Partial<Omit<UserRecord, "id" | "createdAt">>;

/** The result of an insert or update: `taken` when another account has the address. */
export type UserWrite = { readonly ok: true } | { readonly ok: false; readonly reason: "taken" };

/** Where users are stored. Apps can bring their own. Addresses arrive normalized. */
export interface UserStore {
  findById(id: string): Promise<UserRecord | null>;
  findByEmail(email: string): Promise<UserRecord | null>;
  /** Must be atomic: if two inserts share an address, one is refused. */
  insert(user: UserRecord): Promise<UserWrite>;
  update(id: string, changes: UserChanges): Promise<UserWrite>;
  delete(id: string): Promise<void>;
}

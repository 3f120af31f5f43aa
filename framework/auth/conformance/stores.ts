import { ok } from "node:assert/strict";
import { type ConformanceSubject, createId } from "../../base/index.ts";
import { newUser, type UserRecord, type UserStore } from "../users/user.ts";

/** A store under test. It may contain other data. */
export interface StoreSubject<Store> extends ConformanceSubject {
  readonly store: Store;
}

/** A store of what belongs to users. */
export interface UserDataSubject<Store> extends StoreSubject<Store> {
  /** Where the store expects its users to be. Default: it doesn't look, so they are nowhere. */
  readonly users?: UserStore;
}

/** The time in all records. */
export const now = Date.UTC(2026, 0, 1);

export function sampleUser(changes: Partial<UserRecord> = {}): UserRecord {
  const email = `${createId()}@example.com`;
  return newUser({ email, name: "Änn 🎉", passwordHash: "$argon2id$x", createdAt: now, ...changes });
}

/** A user who is stored, if the store under test needs that. */
export async function insertUser(users: UserStore | undefined): Promise<UserRecord> {
  const user = sampleUser();
  if (users) ok((await users.insert(user)).ok, "a new user was refused");
  return user;
}

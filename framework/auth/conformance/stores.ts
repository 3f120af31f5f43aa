import { createId } from "../../base/index.ts";
import type { SecondFactorStore } from "../second-factor/second-factors.ts";
import type { SessionStore } from "../sessions/session.ts";
import type { TokenStore } from "../tokens/tokens.ts";
import { newUser, type UserRecord, type UserStore } from "../users/user.ts";

/** The stores of one implementation. They may contain other data. */
export interface Stores {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly secondFactors: SecondFactorStore;
}

/** One rule that every implementation of a store must follow. `run` rejects if it is broken. */
export interface StoreCheck<Needed extends keyof Stores> {
  readonly title: string;
  run(stores: Pick<Stores, Needed>): Promise<void>;
}

/** The time in all records. */
export const now = Date.UTC(2026, 0, 1);

export function sampleUser(changes: Partial<UserRecord> = {}): UserRecord {
  const email = `${createId()}@example.com`;
  return newUser({ email, name: "Änn 🎉", passwordHash: "$argon2id$x", createdAt: now, ...changes });
}

export async function insertUser({ users }: Pick<Stores, "users">): Promise<UserRecord> {
  const user = sampleUser();
  await users.insert(user);
  return user;
}

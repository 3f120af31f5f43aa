import { normalizeEmail, type UserRecord } from "../auth/index.ts";
import { createId } from "../base/index.ts";
import type { Kit } from "../kit/index.ts";
import { userRefused } from "./errors.ts";

export type NewUser = Partial<Pick<UserRecord, "email" | "role" | "avatarUrl">> & {
  readonly name: string;
  /** Whether the email address is confirmed. Default: true. */
  readonly isVerified?: boolean;
};

/**
 * Creates an account for a test directly in the store, without a password. Default email: a unique one. Throws `TESTING_USER_REFUSED` if
 * the store refuses it, because the address is taken, or doesn't have it afterwards.
 */
export async function createUser(kit: Kit, user: NewUser): Promise<UserRecord> {
  const id = createId();
  const now = kit.clock.now();
  const record: UserRecord = {
    id,
    name: user.name,
    email: normalizeEmail(user.email ?? `${id}@example.test`),
    role: user.role ?? "member",
    avatarUrl: user.avatarUrl ?? null,
    emailVerifiedAt: user.isVerified === false ? null : now,
    passwordHash: null,
    disabledAt: null,
    createdAt: now,
    lastLoginAt: null,
  };
  const { email } = record;
  const written = await kit.auth.users.insert(record);
  if (!written.ok) throw userRefused({ email, reason: `the store says that the address is ${written.reason}` });
  const stored = await kit.auth.users.findById(id);
  if (!stored) throw userRefused({ email, reason: "the store accepted it, but doesn't have it" });
  return stored;
}

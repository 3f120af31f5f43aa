import type { UserRecord } from "../auth/index.ts";
import { createId } from "../base/index.ts";
import type { Kit } from "../kit/index.ts";

export type NewUser = Partial<Pick<UserRecord, "email" | "role" | "avatarUrl">> & {
  readonly name: string;
  /** Whether the email address is confirmed. Default: true. */
  readonly isVerified?: boolean;
};

/** Creates an account for a test directly in the store, without a password. Default email: a unique one. */
export async function createUser(kit: Kit, user: NewUser): Promise<UserRecord> {
  const id = createId();
  const now = kit.clock.now();
  const record: UserRecord = {
    id,
    name: user.name,
    email: user.email ?? `${id}@example.test`,
    role: user.role ?? "member",
    avatarUrl: user.avatarUrl ?? null,
    emailVerifiedAt: user.isVerified === false ? null : now,
    passwordHash: null,
    disabledAt: null,
    createdAt: now,
    lastLoginAt: null,
  };
  await kit.auth.users.insert(record);
  return record;
}

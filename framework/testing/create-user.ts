import type { UserRecord } from "../auth/index.ts";
import { createId } from "../base/index.ts";
import type { Kit } from "../kit/index.ts";

export type NewUser = Partial<Pick<UserRecord, "email" | "role" | "avatarUrl">> & {
  readonly name: string;
  /** Whether the address is confirmed; true unless given. */
  readonly isVerified?: boolean;
};

/** An account for a test, written straight into the store: without a password, with an address of its own unless one is given. */
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

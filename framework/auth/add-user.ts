import { createId } from "../base/index.ts";
import type { AddedUser, NewAccount } from "./auth.ts";
import type { AuthServices } from "./auth-services.ts";
import { normalizeEmail, publicUser, type UserRecord } from "./users/user.ts";

/** Makes an account without a form. */
export async function addUser(services: AuthServices, given: NewAccount): Promise<AddedUser> {
  const now = services.clock.now();
  const record: UserRecord = {
    id: createId(),
    email: normalizeEmail(given.email),
    name: given.name,
    role: given.role ?? "member",
    passwordHash: given.password === undefined ? null : await services.passwords.hash(given.password),
    emailVerifiedAt: given.isVerified === false ? null : now,
    avatarUrl: null,
    disabledAt: null,
    createdAt: now,
    lastLoginAt: null,
  };
  const written = await services.users.insert(record);
  if (!written.ok) return written;
  await services.audit(null, { action: "registered", userId: record.id, details: { reason: "added by the app" } });
  return { ok: true, user: publicUser(record) };
}

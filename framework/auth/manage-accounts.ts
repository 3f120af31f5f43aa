import type { AddedUser, Auth, NewAccount } from "./auth.ts";
import type { AuthServices } from "./auth-services.ts";
import { unknownUser } from "./errors.ts";
import { deletePicture } from "./pages/account-part.tsx";
import { newUser, normalizeEmail, publicUser, type UserChanges } from "./users/user.ts";

/** Account management for app code. */
export function manageAccounts(
  services: AuthServices,
): Pick<Auth, "addUser" | "changeRole" | "disable" | "enable" | "deleteUser" | "unlock"> {
  const { users, sessions, tokens, secondFactors, limits, audit, clock } = services;

  async function change(userId: string, changes: UserChanges): Promise<void> {
    if (!(await users.findById(userId))) throw unknownUser({ id: userId });
    await users.update(userId, changes);
  }

  return {
    addUser: (account) => addUser(services, account),
    async changeRole(userId, role) {
      await change(userId, { role });
      await audit(null, { action: "role-changed", userId, details: { role } });
      await sessions.endAll(userId, "role-changed");
    },
    async disable(userId) {
      await change(userId, { disabledAt: clock.now() });
      await audit(null, { action: "account-disabled", userId });
      await tokens.deleteForUser(userId);
      await sessions.endAll(userId, "disabled");
    },
    async enable(userId) {
      await change(userId, { disabledAt: null });
      await audit(null, { action: "account-enabled", userId });
    },
    async deleteUser(userId) {
      await sessions.endAll(userId, "deleted");
      await tokens.deleteForUser(userId);
      await secondFactors.turnOff(userId);
      await deletePicture(services, (await users.findById(userId))?.avatarUrl ?? null);
      await users.delete(userId);
      await audit(null, { action: "account-deleted", userId });
    },
    unlock: (email) => limits.unlock(email),
  };
}

async function addUser(services: AuthServices, account: NewAccount): Promise<AddedUser> {
  const { email, name, password, role, isVerified = true } = account;
  const createdAt = services.clock.now();
  const record = newUser({
    email: normalizeEmail(email),
    name,
    passwordHash: password === undefined ? null : await services.passwords.hash(password),
    emailVerifiedAt: isVerified ? createdAt : null,
    createdAt,
    ...(role === undefined ? {} : { role }),
  });
  const written = await services.users.insert(record);
  if (!written.ok) return written;
  await services.audit(null, { action: "registered", userId: record.id, details: { reason: "added by the app" } });
  return { ok: true, user: publicUser(record) };
}

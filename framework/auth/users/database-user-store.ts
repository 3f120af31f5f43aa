import type { Selectable, Updateable } from "kysely";
import { type Clock, systemClock } from "../../base/index.ts";
import { type Database, isUniqueViolation, type UserTable } from "../../db/index.ts";
import type { UserChanges, UserRecord, UserStore, UserWrite } from "./user.ts";

/** Stores users in the table `users`. */
export function createDatabaseUserStore(db: Database, clock: Clock = systemClock): UserStore {
  const find = (column: "id" | "email", value: string) =>
    db.selectFrom("users").selectAll().where(column, "=", value).executeTakeFirst();
  return {
    findById: async (id) => toRecord(await find("id", id)),
    findByEmail: async (email) => toRecord(await find("email", email)),
    insert: (user) =>
      unlessTaken(async () => {
        const row = { id: user.id, created_at: user.createdAt, updated_at: user.createdAt };
        await db
          .insertInto("users")
          .values({ ...toRow(user), ...row, email: user.email, name: user.name })
          .execute();
      }),
    update: (id, changes) =>
      unlessTaken(async () => {
        const row = { ...toRow(changes), updated_at: clock.now() };
        await db.updateTable("users").set(row).where("id", "=", id).execute();
      }),
    async delete(id) {
      await db.deleteFrom("users").where("id", "=", id).execute();
    },
  };
}

/** Converts a row of `users`. PostgreSQL and MySQL may return large numbers as strings. */
export function toUserRecord(row: Selectable<UserTable>): UserRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    passwordHash: row.password_hash,
    emailVerifiedAt: toTime(row.email_verified_at),
    avatarUrl: row.avatar_url,
    disabledAt: toTime(row.disabled_at),
    createdAt: Number(row.created_at),
    lastLoginAt: toTime(row.last_login_at),
  };
}

function toRecord(row: Selectable<UserTable> | undefined): UserRecord | null {
  return row ? toUserRecord(row) : null;
}

function toTime(value: number | null): number | null {
  return value === null ? null : Number(value);
}

/** Copies each field by name, so that nothing else can ever be written. */
function toRow(changes: UserChanges): Updateable<UserTable> {
  const row: Updateable<UserTable> = {};
  if (changes.email !== undefined) row.email = changes.email;
  if (changes.name !== undefined) row.name = changes.name;
  if (changes.role !== undefined) row.role = changes.role;
  if (changes.passwordHash !== undefined) row.password_hash = changes.passwordHash;
  if (changes.emailVerifiedAt !== undefined) row.email_verified_at = changes.emailVerifiedAt;
  if (changes.avatarUrl !== undefined) row.avatar_url = changes.avatarUrl;
  if (changes.disabledAt !== undefined) row.disabled_at = changes.disabledAt;
  if (changes.lastLoginAt !== undefined) row.last_login_at = changes.lastLoginAt;
  return row;
}

async function unlessTaken(write: () => Promise<void>): Promise<UserWrite> {
  try {
    await write();
    return { ok: true };
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, reason: "taken" };
    throw error;
  }
}

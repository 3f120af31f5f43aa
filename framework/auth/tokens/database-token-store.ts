import type { Database } from "../../db/index.ts";
import type { StoredToken, TokenPurpose, TokenStore } from "./tokens.ts";

const purposes: readonly TokenPurpose[] = ["verify-email", "reset-password", "approve-email-change", "change-email"];

/** Stores emailed tokens in the table `tokens`. */
export function createDatabaseTokenStore(db: Database): TokenStore {
  return {
    async replace(token) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom("tokens")
          .where("user_id", "=", token.userId)
          .where("purpose", "=", token.purpose)
          .execute();
        await transaction
          .insertInto("tokens")
          .values({
            id: token.id,
            user_id: token.userId,
            purpose: token.purpose,
            email: token.email,
            expires_at: token.expiresAt,
            created_at: token.createdAt,
          })
          .execute();
      });
    },
    async find(id) {
      const row = await db.selectFrom("tokens").selectAll().where("id", "=", id).executeTakeFirst();
      const purpose = purposes.find((known) => known === row?.purpose);
      if (!row || !purpose) return null;
      const token: StoredToken = {
        id: row.id,
        userId: row.user_id,
        purpose,
        email: row.email,
        expiresAt: Number(row.expires_at),
        createdAt: Number(row.created_at),
      };
      return token;
    },
    // All three databases report the number of deleted rows; MySQL has no DELETE … RETURNING.
    async take(id) {
      const result = await db.deleteFrom("tokens").where("id", "=", id).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
    async deleteForUser(userId) {
      await db.deleteFrom("tokens").where("user_id", "=", userId).execute();
    },
    async deleteExpired(now) {
      const result = await db.deleteFrom("tokens").where("expires_at", "<=", now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

import { type Database, isUniqueViolation } from "../../db/index.ts";
import type { SecondFactorStore } from "./second-factors.ts";

/** Stores second factors in the tables `second_factors` and `recovery_codes`. */
export function createDatabaseSecondFactorStore(db: Database): SecondFactorStore {
  async function insertCodes(userId: string, codeHashes: readonly string[]): Promise<void> {
    const rows = codeHashes.map((id) => ({ id, user_id: userId }));
    if (rows.length > 0) await db.insertInto("recovery_codes").values(rows).execute();
  }

  async function deleteCodes(userId: string): Promise<void> {
    await db.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
  }

  return {
    async find(userId) {
      const query = db.selectFrom("second_factors").selectAll().where("user_id", "=", userId);
      const row = await query.executeTakeFirst();
      if (!row) return null;
      const { secret, last_step, created_at } = row;
      return { userId, secret, lastStep: Number(last_step), createdAt: Number(created_at) };
    },
    async insert({ userId, secret, lastStep, createdAt }, codeHashes) {
      try {
        await db.transaction().execute(async (transaction) => {
          await transaction
            .insertInto("second_factors")
            .values({ user_id: userId, secret, last_step: lastStep, created_at: createdAt })
            .execute();
          await deleteCodes(userId);
          await insertCodes(userId, codeHashes);
        });
        return true;
      } catch (error) {
        if (isUniqueViolation(error)) return false;
        throw error;
      }
    },
    async useStep(userId, step) {
      const result = await db
        .updateTable("second_factors")
        .set({ last_step: step })
        .where("user_id", "=", userId)
        .where("last_step", "<", step)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async useCode(userId, codeHash) {
      const query = db.deleteFrom("recovery_codes").where("id", "=", codeHash).where("user_id", "=", userId);
      return (await query.executeTakeFirst()).numDeletedRows === 1n;
    },
    async countCodes(userId) {
      const query = db.selectFrom("recovery_codes").select((count) => count.fn.countAll().as("total"));
      const row = await query.where("user_id", "=", userId).executeTakeFirst();
      return Number(row?.total ?? 0);
    },
    async replaceCodes(userId, codeHashes) {
      await db.transaction().execute(async () => {
        await deleteCodes(userId);
        await insertCodes(userId, codeHashes);
      });
    },
    async delete(userId) {
      await db.transaction().execute(async () => {
        await deleteCodes(userId);
        await db.deleteFrom("second_factors").where("user_id", "=", userId).execute();
      });
    },
  };
}

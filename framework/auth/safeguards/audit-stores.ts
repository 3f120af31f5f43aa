import { createId } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import type { AuditAction, AuditRecord, AuditStore } from "./audit-log.ts";

/** How many entries are deleted at a time, so that other queries have their turn in between. */
const deletedAtOnce = 500;

/** Stores the audit log in the table `audit_log`. */
export function createDatabaseAuditStore(db: Database): AuditStore {
  return {
    async add(record) {
      await db
        .insertInto("audit_log")
        .values({
          id: createId(),
          at: record.at,
          action: record.action,
          user_id: record.userId ?? null,
          session_id: record.sessionId ?? null,
          ip: record.address?.slice(0, 45) ?? null,
          user_agent: record.userAgent ?? null,
          details: record.details ? JSON.stringify(record.details) : null,
        })
        .execute();
    },
    async list(userId, limit) {
      const query = db.selectFrom("audit_log").selectAll().where("user_id", "=", userId);
      const rows = await query.orderBy("at", "desc").limit(limit).execute();
      return rows.map((row) => ({
        at: Number(row.at),
        // The column is only ever written by `add`.
        action: row.action as AuditAction,
        userId: row.user_id,
        sessionId: row.session_id,
        address: row.ip,
        userAgent: row.user_agent,
        ...(row.details === null ? {} : { details: JSON.parse(row.details) }),
      }));
    },
    async deleteBefore(at) {
      for (let count = 0; ; ) {
        const old = db.selectFrom("audit_log").select("id").where("at", "<", at).orderBy("at").limit(deletedAtOnce);
        const ids = (await old.execute()).map(({ id }) => id);
        if (ids.length > 0) await db.deleteFrom("audit_log").where("id", "in", ids).execute();
        count += ids.length;
        if (ids.length < deletedAtOnce) return count;
      }
    },
  };
}

/** Stores the audit log in memory, for tests and experiments. */
export function createMemoryAuditStore(): AuditStore {
  let records: AuditRecord[] = [];
  return {
    async add(record) {
      records.push(record);
    },
    list: async (userId, limit) =>
      records
        .filter((record) => record.userId === userId)
        .reverse()
        .sort((one, other) => other.at - one.at)
        .slice(0, limit),
    async deleteBefore(at) {
      const before = records.length;
      records = records.filter((record) => record.at >= at);
      return before - records.length;
    },
  };
}

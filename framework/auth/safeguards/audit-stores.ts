import { createId } from "../../base/index.ts";
import type { Database } from "../../db/index.ts";
import type { AuditAction, AuditRecord, AuditStore } from "./audit-log.ts";

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
  };
}

/** Stores the audit log in memory, for tests and experiments. */
export function createMemoryAuditStore(): AuditStore {
  const records: AuditRecord[] = [];
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
  };
}

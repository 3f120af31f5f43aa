import type { Kysely } from "kysely";
import { columnsFor } from "../framework/db/index.ts";

/** What happened to accounts, and how often something was tried. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("audit_log")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("at", column.timestamp, (at) => at.notNull())
    .addColumn("action", column.string(100), (action) => action.notNull())
    // Neither user nor session is a foreign key: the log outlives both.
    .addColumn("user_id", column.id)
    .addColumn("session_id", column.hash)
    .addColumn("ip", column.string(45))
    .addColumn("user_agent", column.text)
    .addColumn("details", column.json)
    .execute();
  await db.schema.createIndex("audit_log_at").on("audit_log").column("at").execute();
  await db.schema.createIndex("audit_log_user_id_at").on("audit_log").columns(["user_id", "at"]).execute();
  await db.schema
    .createTable("rate_limits")
    .addColumn("key", column.string(), (key) => key.primaryKey())
    .addColumn("points", column.integer, (points) => points.notNull().defaultTo(0))
    .addColumn("expire", column.timestamp)
    .execute();
  await db.schema.createIndex("rate_limits_expire").on("rate_limits").column("expire").execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("rate_limits").execute();
  await db.schema.dropTable("audit_log").execute();
}

import type { Kysely } from "kysely";
import { columnsFor } from "../framework/db/index.ts";

/** Who may log in, their sessions, and the links that are mailed to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createUsers(db);
  await createSessions(db);
  await createTokens(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("tokens").execute();
  await db.schema.dropTable("sessions").execute();
  await db.schema.dropTable("users").execute();
}

async function createUsers(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("users")
    .addColumn("id", column.id, (id) => id.primaryKey())
    .addColumn("email", column.string(), (email) => email.notNull().unique())
    .addColumn("name", column.string(), (name) => name.notNull())
    .addColumn("password_hash", column.string())
    .addColumn("email_verified_at", column.timestamp)
    .addColumn("role", column.string(50), (role) => role.notNull().defaultTo("member"))
    .addColumn("avatar_url", column.text)
    .addColumn("disabled_at", column.timestamp)
    .addColumn("created_at", column.timestamp, (at) => at.notNull())
    .addColumn("updated_at", column.timestamp, (at) => at.notNull())
    .addColumn("last_login_at", column.timestamp)
    .execute();
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("sessions")
    .addColumn("id", column.hash, (id) => id.primaryKey())
    .addColumn("user_id", column.id, (user) => user.notNull())
    .addColumn("expires_at", column.timestamp, (at) => at.notNull())
    .addColumn("created_at", column.timestamp, (at) => at.notNull())
    .addColumn("last_seen_at", column.timestamp, (at) => at.notNull())
    .addColumn("absolute_expires_at", column.timestamp, (at) => at.notNull())
    .addColumn("remember", column.integer, (remember) => remember.notNull().defaultTo(0))
    .addColumn("sudo_until", column.timestamp)
    .addColumn("ip", column.string(45))
    .addColumn("user_agent", column.text)
    // As a table constraint: MySQL ignores references written at the column.
    .addForeignKeyConstraint("sessions_user_id_fk", ["user_id"], "users", ["id"], (key) => key.onDelete("cascade"))
    .execute();
  await db.schema.createIndex("sessions_user_id").on("sessions").column("user_id").execute();
  await db.schema.createIndex("sessions_expires_at").on("sessions").column("expires_at").execute();
}

async function createTokens(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("tokens")
    .addColumn("id", column.hash, (id) => id.primaryKey())
    .addColumn("user_id", column.id, (user) => user.notNull())
    .addColumn("purpose", column.string(50), (purpose) => purpose.notNull())
    .addColumn("email", column.string(), (email) => email.notNull())
    .addColumn("expires_at", column.timestamp, (at) => at.notNull())
    .addColumn("created_at", column.timestamp, (at) => at.notNull())
    .addColumn("data", column.text)
    .addForeignKeyConstraint("tokens_user_id_fk", ["user_id"], "users", ["id"], (key) => key.onDelete("cascade"))
    .execute();
  await db.schema.createIndex("tokens_user_id_purpose").on("tokens").columns(["user_id", "purpose"]).execute();
  await db.schema.createIndex("tokens_expires_at").on("tokens").column("expires_at").execute();
}

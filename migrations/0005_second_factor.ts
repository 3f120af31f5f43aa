import type { Kysely } from "kysely";
import { columnsFor } from "../framework/db/index.ts";

/** Who asks for a code at log-in, and the codes for the day when the phone is lost. Users may live elsewhere, so no key points to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("second_factors")
    .addColumn("user_id", column.id, (user) => user.primaryKey())
    .addColumn("secret", column.text, (secret) => secret.notNull())
    .addColumn("last_step", column.bigint, (step) => step.notNull())
    .addColumn("created_at", column.timestamp, (at) => at.notNull())
    .execute();
  await db.schema
    .createTable("recovery_codes")
    .addColumn("id", column.hash, (id) => id.primaryKey())
    .addColumn("user_id", column.id, (user) => user.notNull())
    .execute();
  await db.schema.createIndex("recovery_codes_user_id").on("recovery_codes").column("user_id").execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("recovery_codes").execute();
  await db.schema.dropTable("second_factors").execute();
}

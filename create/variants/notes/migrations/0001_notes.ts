import { columnsFor, type Kysely } from "buffkit";

export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("notes")
    .addColumn("id", column.id, (c) => c.primaryKey())
    .addColumn("text", column.string(200), (c) => c.notNull())
    .addColumn("created_at", column.timestamp, (c) => c.notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("notes").execute();
}

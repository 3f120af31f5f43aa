import { columnsFor, type Kysely } from "buffkit";

export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  await db.schema
    .createTable("boards")
    .addColumn("id", column.id, (c) => c.primaryKey())
    .addColumn("title", column.string(120), (c) => c.notNull())
    .addColumn("created_by", column.id)
    .addColumn("created_at", column.timestamp, (c) => c.notNull())
    .addColumn("changed_at", column.timestamp, (c) => c.notNull())
    .addForeignKeyConstraint("boards_created_by", ["created_by"], "users", ["id"], (c) => c.onDelete("set null"))
    .execute();
  await db.schema
    .createTable("cards")
    .addColumn("id", column.id, (c) => c.primaryKey())
    .addColumn("board_id", column.id, (c) => c.notNull())
    .addColumn("stage", column.string(16), (c) => c.notNull())
    .addColumn("position", column.integer, (c) => c.notNull())
    .addColumn("title", column.string(200), (c) => c.notNull())
    .addColumn("notes", column.text, (c) => c.notNull())
    .addColumn("version", column.integer, (c) => c.notNull().defaultTo(1))
    .addColumn("changed_by", column.id)
    .addColumn("created_at", column.timestamp, (c) => c.notNull())
    .addColumn("changed_at", column.timestamp, (c) => c.notNull())
    .addColumn("done_at", column.timestamp)
    .addForeignKeyConstraint("cards_board", ["board_id"], "boards", ["id"], (c) => c.onDelete("cascade"))
    .addForeignKeyConstraint("cards_changed_by", ["changed_by"], "users", ["id"], (c) => c.onDelete("set null"))
    .execute();
  await db.schema.createIndex("cards_of_board").on("cards").columns(["board_id", "stage", "position"]).execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable("cards").execute();
  await db.schema.dropTable("boards").execute();
}

import type { Kysely } from "kysely";
import { columnsFor, sql } from "../framework/db/index.ts";

const tables = [
  { name: "sessions", key: "sessions_user_id_fk" },
  { name: "tokens", key: "tokens_user_id_fk" },
] as const;

/** Lets sessions and mailed links belong to users whom the app keeps in a store of its own. Deleting a user deletes them by code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (columnsFor(db).dialect === "sqlite") return await rebuild(db, withoutKey);
  for (const { name, key } of tables) await dropKey(db, name, key);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  if (columnsFor(db).dialect === "sqlite") return await rebuild(db, withKey);
  for (const { name, key } of tables) {
    await db.schema
      .alterTable(name)
      .addForeignKeyConstraint(key, ["user_id"], "users", ["id"])
      .onDelete("cascade")
      .execute();
  }
}

async function dropKey(db: Kysely<unknown>, table: string, key: string): Promise<void> {
  // MySQL before 8.0.19 and MariaDB know no other word for it.
  const what = columnsFor(db).dialect === "mysql" ? sql`foreign key` : sql`constraint`;
  await sql`alter table ${sql.table(table)} drop ${what} ${sql.id(key)}`.execute(db);
}

/** SQLite cannot change constraints: the table is made anew from its own description (lang_altertable, 7). */
async function rebuild(db: Kysely<unknown>, change: (definition: string, key: string) => string): Promise<void> {
  for (const { name, key } of tables) {
    const { rows } = await sql<{ name: string; type: string; sql: string }>`
      select name, type, sql from sqlite_master where tbl_name = ${name} and sql is not null`.execute(db);
    const definition = rows.find(({ type }) => type === "table")?.sql ?? "";
    await sql.raw(change(definition, key).replace(`"${name}"`, `"${name}_new"`)).execute(db);
    await sql`insert into ${sql.table(`${name}_new`)} select * from ${sql.table(name)}`.execute(db);
    await db.schema.dropTable(name).execute();
    await db.schema.alterTable(`${name}_new`).renameTo(name).execute();
    for (const index of rows.filter(({ type }) => type === "index")) await sql.raw(index.sql).execute(db);
  }
}

function withoutKey(definition: string, key: string): string {
  return definition.replace(new RegExp(`,\\s*constraint "${key}" foreign key[^,]*on delete cascade`, "i"), "");
}

function withKey(definition: string, key: string): string {
  const text = `, constraint "${key}" foreign key ("user_id") references "users" ("id") on delete cascade)`;
  return definition.replace(/\)\s*$/, text);
}

import type { Kysely } from "kysely";
import { columnsFor } from "../framework/db/index.ts";

/** The texts that identify something, with their lengths and whether they must be there. */
const identities = [
  { table: "users", column: "email", length: 255, isRequired: true },
  { table: "tokens", column: "purpose", length: 50, isRequired: true },
  { table: "tokens", column: "email", length: 255, isRequired: true },
  { table: "rate_limits", column: "key", length: 255, isRequired: true },
  { table: "jobs", column: "queue", length: 100, isRequired: true },
  { table: "jobs", column: "name", length: 200, isRequired: true },
  { table: "jobs", column: "unique_key", length: 200, isRequired: false },
  { table: "jobs", column: "schedule_key", length: 200, isRequired: false },
  { table: "job_schedules", column: "id", length: 200, isRequired: true },
  { table: "job_schedules", column: "name", length: 200, isRequired: true },
  { table: "job_schedules", column: "queue", length: 100, isRequired: true },
] as const;

/** Lets MySQL and MariaDB tell "ann" from "Änn" in databases of earlier versions, whose columns have the server's collation. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const column = columnsFor(db);
  if (column.dialect !== "mysql") return;
  for (const { table, column: name, length, isRequired } of identities) {
    await db.schema
      .alterTable(table)
      .modifyColumn(name, column.string(length), (text) => (isRequired ? text.notNull() : text))
      .execute();
  }
}

export async function down(): Promise<void> {
  // The tables of new databases have been like this from the start.
}

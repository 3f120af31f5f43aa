import type { Insertable, Kysely } from "kysely";
import { isUniqueViolation } from "./drivers/driver-errors.ts";
import type { Tables } from "./tables.ts";

/** What `upsert` did. */
export type UpsertResult = "inserted" | "updated";

/** The values of a row, and the columns that identify it. */
export interface UpsertRow<Name extends keyof Tables> {
  readonly values: Insertable<Tables[Name]>;
  /** Default: `["id"]`. */
  readonly key?: readonly (keyof Insertable<Tables[Name]> & string)[];
}

/**
 * Inserts a row, or updates the one with the same key. Made for seeds, which can run many times. Works the same on all databases.
 */
export async function upsert<Name extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Name,
  { values, key }: UpsertRow<Name>,
): Promise<UpsertResult> {
  // The signature ties table, columns and values together. Kysely can't follow a table name that is a type parameter.
  const tables = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const name: string = table;
  const row: Readonly<Record<string, unknown>> = values;
  const names: readonly string[] = key ?? ["id"];
  const identity = Object.fromEntries(names.map((column) => [column, row[column]]));
  const changes = Object.fromEntries(Object.entries(row).filter(([column]) => !names.includes(column)));

  async function update(): Promise<boolean> {
    const existing = await tables
      .selectFrom(name)
      .select(names[0] ?? "id")
      .where((where) => where.and(identity))
      .executeTakeFirst();
    if (!existing || Object.keys(changes).length === 0) return existing !== undefined;
    await tables
      .updateTable(name)
      .set(changes)
      .where((where) => where.and(identity))
      .execute();
    return true;
  }

  if (await update()) return "updated";
  try {
    await tables.insertInto(name).values(row).execute();
    return "inserted";
  } catch (error) {
    // Another process may have inserted it in between. A conflict on any other column stays an error.
    if (isUniqueViolation(error) && (await update())) return "updated";
    throw error;
  }
}

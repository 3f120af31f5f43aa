import type { Insertable, Kysely } from "kysely";
import { isUniqueViolation } from "./driver-errors.ts";
import type { Tables } from "./tables.ts";

/** What `putRow` came to. */
export type PutRow = "inserted" | "updated";

/** One row of a table, and by which columns it is found again. */
export interface RowToPut<Name extends keyof Tables> {
  readonly values: Insertable<Tables[Name]>;
  /** `id` alone unless given. */
  readonly key?: readonly (keyof Insertable<Tables[Name]> & string)[];
}

/**
 * Sees to it that a row is there with these values, however often it is called: for seeds. Inserts it, or changes the one that has the
 * same key. Works alike on all databases.
 */
export async function putRow<Name extends keyof Tables & string>(
  db: Kysely<Tables>,
  table: Name,
  { values, key }: RowToPut<Name>,
): Promise<PutRow> {
  // The signature has checked table, columns and values against each other; Kysely cannot follow a table's name that is a type parameter.
  const tables = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const name: string = table;
  const row: Readonly<Record<string, unknown>> = values;
  const names: readonly string[] = key ?? ["id"];
  const found = Object.fromEntries(names.map((column) => [column, row[column]]));
  const changes = Object.fromEntries(Object.entries(row).filter(([column]) => !names.includes(column)));

  async function update(): Promise<boolean> {
    const known = await tables
      .selectFrom(name)
      .select(names[0] ?? "id")
      .where((where) => where.and(found))
      .executeTakeFirst();
    if (!known || Object.keys(changes).length === 0) return known !== undefined;
    await tables
      .updateTable(name)
      .set(changes)
      .where((where) => where.and(found))
      .execute();
    return true;
  }

  if (await update()) return "updated";
  try {
    await tables.insertInto(name).values(row).execute();
    return "inserted";
  } catch (error) {
    // Somebody else has put it there in between. A row that clashes by another column stays an error.
    if (isUniqueViolation(error) && (await update())) return "updated";
    throw error;
  }
}

/** For each column the values that it can have, as `comparable` makes them. A column that isn't in it can have any value. */
export type ColumnValues = Readonly<Record<string, readonly string[]>>;

/** The rows that a query may have read: all of a table, or those whose columns have these values. */
export interface Read {
  readonly table: string;
  readonly where: ColumnValues;
  /** The columns that it depends on besides; any of them if it isn't said. */
  readonly columns?: readonly string[];
}

/** Rows that changed: of a table those whose columns have, or had, these values. The less is known, the more rows it stands for. */
export interface Change {
  readonly table: string;
  readonly only: ColumnValues;
  /** The columns that an update has set. If it isn't said, rows may have come or gone, or changed in any column. */
  readonly set?: readonly string[];
  /** In development: the statement that made it, without its values. */
  readonly by?: string;
}

/** A change that a query makes, and what it does: a deletion may be one of several things, of which this is the worst. */
export interface Write extends Change {
  readonly act: "insert" | "update" | "delete";
}

/** What stands for all tables. */
export const everyTable = "*";

export const readsEverything: Read = { table: everyTable, where: {} };
export const changesEverything: Change = { table: everyTable, only: {} };

/** Everything, and with it what is known about the tables. */
export const changesStructure: Change = { table: everyTable, only: { structure: [""] } };

export function isOfStructure({ table, only }: Change): boolean {
  return table === everyTable && Object.hasOwn(only, "structure");
}

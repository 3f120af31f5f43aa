/** For each column the values that it can have. A column that isn't in it can have any value. */
export type ColumnValues = Readonly<Record<string, readonly string[]>>;

/** The rows that a query may have read: all of a table, or those whose columns have these values. */
export interface Read {
  readonly table: string;
  readonly where: ColumnValues;
}

/** Rows that changed: of a table those whose columns have, or had, these values. The less is known, the more rows it stands for. */
export interface Change {
  readonly table: string;
  readonly only: ColumnValues;
}

/** What stands for all tables. */
export const everyTable = "*";

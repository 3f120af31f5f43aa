import { childrenOf, isNode, nameIn, type QueryNode } from "./query-node.ts";

/** Names that stand for the row, or for where it lies: they change with it. `rowid` is another name for a key. */
const namesOfRow = new Set("rowid oid _rowid_ xmin xmax cmin cmax ctid tableoid row_start row_end".split(" "));

/**
 * The columns that a query mentions, of whichever table. Undefined if it may depend on any of them: it takes all of them, asks for the row,
 * or has SQL in it that was written by hand.
 */
export function columnsOf(query: QueryNode): readonly string[] | undefined {
  const columns = new Set<string>();
  const tables = new Set<string>();
  if (!collect(query, columns, tables)) return undefined;
  for (const name of columns) if (tables.has(name) || namesOfRow.has(name)) return undefined;
  return [...columns];
}

function collect(node: QueryNode, columns: Set<string>, tables: Set<string>): boolean {
  if (node.kind === "RawNode" || node.kind === "SelectAllNode") return false;
  const name = nameIn(node);
  if (node.kind === "ColumnNode" && name !== undefined) columns.add(name);
  if (node.kind === "TableNode" && name !== undefined) tables.add(name);
  const alias = node.kind === "AliasNode" ? nameIn(node.alias) : undefined;
  // In PostgreSQL, `select items from items` takes the whole row.
  if (alias !== undefined && isNode(node.node) && !isColumn(node.node)) tables.add(alias);
  return childrenOf(node).every((child) => isCountOfRows(node, child) || collect(child, columns, tables));
}

function isColumn({ kind }: QueryNode): boolean {
  return kind === "ReferenceNode" || kind === "ColumnNode";
}

/** `count(*)` depends on no column, unless it counts rows that differ. */
function isCountOfRows({ kind, func, distinct }: QueryNode, child: QueryNode): boolean {
  return kind === "AggregateFunctionNode" && func === "count" && distinct !== true && child.kind === "SelectionNode";
}

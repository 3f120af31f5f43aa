import { type Change, type ColumnValues, everyTable } from "./change.ts";
import { allComparable, conditionsIn, literalIn, valuesOf } from "./conditions.ts";
import { childrenOf, isNode, nameIn, nodeOf, nodesOf, type QueryNode, tableIn } from "./query-node.ts";
import { changesOfSql } from "./raw-sql.ts";

const writes = new Set(["InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode", "MergeQueryNode"]);

/** What a query changes; nothing for one that only reads. */
export function changesOf(query: QueryNode): readonly Change[] {
  if (query.kind === "RawNode")
    return changesOfSql(Array.isArray(query.sqlFragments) ? query.sqlFragments.join(" ? ") : "");
  if (/^(Create|Alter|Drop|Refresh|AddIndex|Rename|Truncate)/.test(query.kind))
    return [{ table: everyTable, only: {} }];
  if (query.kind !== "SelectQueryNode" && !writes.has(query.kind)) return [];
  // In PostgreSQL a `with` may write.
  const within = query.with === undefined ? [] : writesBelow(query.with);
  return [...within, ...(writes.has(query.kind) ? [query] : [])].map(changeOf);
}

function writesBelow(value: unknown): readonly QueryNode[] {
  if (!isNode(value)) return [];
  return [...(writes.has(value.kind) ? [value] : []), ...childrenOf(value).flatMap(writesBelow)];
}

function changeOf(node: QueryNode): Change {
  if (node.kind === "InsertQueryNode") return { table: nameOf(node.into), only: insertedValues(node) };
  if (node.kind === "UpdateQueryNode") return changeOfUpdate(node);
  const table = node.kind === "DeleteQueryNode" ? nodesOf(nodeOf(node.from, "FromNode")?.froms) : [node.into];
  if (node.kind !== "DeleteQueryNode" || table.length !== 1) return { table: nameOf(table[0]), only: {} };
  return { table: nameOf(table[0]), only: conditionsOn(node, table[0]) };
}

function nameOf(value: unknown): string {
  return tableIn(value)?.name ?? everyTable;
}

function conditionsOn(node: QueryNode, target: unknown): ColumnValues {
  const alias = tableIn(target)?.alias ?? "";
  const hasOthers = node.joins ?? node.using ?? (node.kind === "DeleteQueryNode" ? undefined : node.from);
  return valuesOf(conditionsIn(node.where), { alias, isOnly: hasOthers === undefined });
}

/** An update touches the rows as they were and as they are. */
function changeOfUpdate(node: QueryNode): Change {
  const before = conditionsOn(node, node.table);
  const only: Record<string, readonly string[]> = { ...before };
  for (const update of nodesOf(node.updates)) {
    const column = nameIn(nodeOf(update.column, "ColumnNode"));
    // Something is set that has no name.
    if (column === undefined) return { table: nameOf(node.table), only: {} };
    const after = allComparable([literalIn(update.value)]);
    const old = before[column];
    if (old && after) only[column] = [...new Set([...old, ...after])];
    else delete only[column];
  }
  return { table: nameOf(node.table), only };
}

function insertedValues(node: QueryNode): ColumnValues {
  const columns = nodesOf(node.columns).map(nameIn);
  const rows = nodesOf(nodeOf(node.values, "ValuesNode")?.values);
  // Rows that were there already may have changed, and may have been any.
  if (node.onConflict || node.onDuplicateKey || node.replace || rows.length === 0) return {};
  const only: Record<string, readonly string[]> = Object.create(null);
  for (const [index, column] of columns.entries()) {
    const values = allComparable(rows.map((row) => valueAt(row, index)));
    if (column !== undefined && values) only[column] = values;
  }
  return only;
}

function valueAt(row: QueryNode, index: number): unknown {
  if (!Array.isArray(row.values)) return undefined;
  const value: unknown = row.values[index];
  return row.kind === "PrimitiveValueListNode" ? value : literalIn(value);
}

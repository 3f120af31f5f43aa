import { type ColumnValues, changesEverything, changesStructure, everyTable, type Write } from "./change.ts";
import type { KindOf } from "./comparable.ts";
import { comparableValues, conditionsIn, literalIn, valuesOf } from "./conditions.ts";
import { childrenOf, isNode, nameIn, nodeOf, nodesOf, type QueryNode, tableIn } from "./query-node.ts";
import { writesOfSql } from "./raw-sql.ts";

const writes = new Set(["InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode", "MergeQueryNode"]);

/** What a query changes; nothing for one that only reads. */
export function changesOf(
  query: { readonly query: QueryNode; readonly sql: string },
  kindOf: KindOf,
): readonly Write[] {
  const node = query.query;
  if (node.kind === "RawNode") return writesOfSql(query.sql);
  if (/^(Create|Alter|Drop|Refresh|AddIndex|Rename|Truncate)/.test(node.kind))
    return [{ ...changesStructure, act: "delete" }];
  // In PostgreSQL a `with` may write.
  const within = node.with === undefined ? [] : writesBelow(node.with);
  return [...within, ...(writes.has(node.kind) ? [node] : [])].flatMap((each) => writesOf(each, kindOf));
}

function writesBelow(value: unknown): readonly QueryNode[] {
  if (!isNode(value)) return [];
  const isWrite =
    writes.has(value.kind) || (value.kind === "RawNode" && /\b(insert|update|delete|merge)\b/i.test(textOf(value)));
  return [...(isWrite ? [value] : []), ...childrenOf(value).flatMap(writesBelow)];
}

function textOf({ sqlFragments }: QueryNode): string {
  return Array.isArray(sqlFragments) ? sqlFragments.join(" ? ") : "";
}

function writesOf(node: QueryNode, kindOf: KindOf): readonly Write[] {
  if (node.kind === "InsertQueryNode") return [writeOfInsert(node, kindOf)];
  if (node.kind === "UpdateQueryNode") return writesOfUpdate(node, kindOf);
  const isDelete = node.kind === "DeleteQueryNode";
  const tables = isDelete ? nodesOf(nodeOf(node.from, "FromNode")?.froms) : [node.into];
  if (node.kind === "RawNode" || tables.length === 0) return [{ ...changesEverything, act: "delete" }];
  return tables.map((table) => ({
    table: nameOf(table),
    only: isDelete ? conditionsOn(node, table, kindOf) : {},
    act: "delete",
  }));
}

function nameOf(value: unknown): string {
  return tableIn(value)?.name ?? everyTable;
}

function conditionsOn(node: QueryNode, target: unknown, kindOf: KindOf): ColumnValues {
  const table = tableIn(target);
  const froms = nodesOf(nodeOf(node.from, "FromNode")?.froms).filter((each) => each !== target);
  const isOnly = froms.length === 0 && node.joins === undefined && node.using === undefined;
  return table ? valuesOf(conditionsIn(node.where), { ...table, isOnly }, kindOf) : {};
}

/** An update touches the rows as they were and as they are. */
function writesOfUpdate(node: QueryNode, kindOf: KindOf): readonly Write[] {
  // In MySQL it may be the joined tables that change.
  const joined = nodesOf(nodesOf(node.joins).map(({ table }) => table));
  if (joined.length > 0)
    return [node.table, ...joined].map((table) => ({ table: nameOf(table), only: {}, act: "update" }));
  const table = nameOf(node.table);
  const before = conditionsOn(node, node.table, kindOf);
  const only: Record<string, readonly string[]> = Object.assign(Object.create(null), before);
  const set: string[] = [];
  for (const update of nodesOf(node.updates)) {
    const column = nameIn(nodeOf(update.column, "ColumnNode"));
    // Something is set that has no name.
    if (column === undefined) return [{ table, only: {}, act: "update" }];
    set.push(column);
    const after = comparableValues([literalIn(update.value)], table, column, kindOf);
    const old = before[column];
    if (old && after) only[column] = [...new Set([...old, ...after])];
    else delete only[column];
  }
  return [{ table, only, set, act: "update" }];
}

function writeOfInsert(node: QueryNode, kindOf: KindOf): Write {
  const table = nameOf(node.into);
  const replaces = node.replace === true || nodeOf(node.orAction, "OrActionNode")?.action === "replace";
  const updates = node.onConflict !== undefined || node.onDuplicateKey !== undefined;
  // Rows that were there already may have changed, and may have been any.
  if (replaces || updates) return { table, only: {}, act: replaces ? "delete" : "update" };
  const columns = nodesOf(node.columns).map(nameIn);
  const rows = nodesOf(nodeOf(node.values, "ValuesNode")?.values);
  const only: Record<string, readonly string[]> = Object.create(null);
  for (const [index, column] of columns.entries()) {
    if (column === undefined) continue;
    const values = comparableValues(
      rows.map((row) => valueAt(row, index)),
      table,
      column,
      kindOf,
    );
    if (values) only[column] = values;
  }
  return { table, only, act: "insert" };
}

function valueAt(row: QueryNode, index: number): unknown {
  if (!Array.isArray(row.values)) return undefined;
  const value: unknown = row.values[index];
  return row.kind === "PrimitiveValueListNode" ? value : literalIn(value);
}

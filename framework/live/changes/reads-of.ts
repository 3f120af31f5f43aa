import { everyTable, type Read } from "./change.ts";
import { conditionsIn, valuesOf } from "./conditions.ts";
import { childrenOf, nameIn, nodeOf, nodesOf, type QueryNode, tableIn } from "./query-node.ts";

const everything: Read = { table: everyTable, where: {} };

/** What a query reads. SQL that is written by hand can read anything. */
export function readsOf(query: QueryNode): readonly Read[] {
  const reads: Read[] = [];
  collect(query, new Set(), reads);
  return reads.some(({ table }) => table === everyTable) ? [everything] : reads;
}

function collect(node: QueryNode, outer: ReadonlySet<string>, reads: Read[]): void {
  const names = new Set([...outer, ...namesOfExpressions(node)]);
  if (node.kind === "RawNode" && mayReadTables(node)) reads.push(everything);
  const isSelect = node.kind === "SelectQueryNode";
  const known = isSelect ? collectSources(node, names, reads) : new Set<QueryNode>();
  const table = isSelect ? undefined : tableIn(nodeOf(node, "TableNode"));
  if (table && !names.has(table.name)) reads.push({ table: table.name, where: {} });
  // `cards.id` names a table, but reads only what `from` has named already.
  if (node.kind === "ReferenceNode" || node.kind === "SelectAllNode") return;
  for (const child of childrenOf(node)) if (!known.has(child)) collect(child, names, reads);
}

/** The tables of a select with the conditions on them. Returns the nodes that are dealt with. */
function collectSources(node: QueryNode, names: ReadonlySet<string>, reads: Read[]): Set<QueryNode> {
  const froms = nodesOf(nodeOf(node.from, "FromNode")?.froms);
  const joins = nodesOf(node.joins);
  const sources = [...froms, ...joins.map(({ table }) => table)];
  const conditions = conditionsIn(node.where);
  const known = new Set<QueryNode>();
  for (const source of sources) {
    const table = tableIn(source);
    if (!table) {
      // A subquery, a function: looked at on its own.
      if (typeof source === "object" && source !== null) collect(source as QueryNode, names, reads);
      continue;
    }
    if (names.has(table.name)) continue;
    reads.push({ table: table.name, where: valuesOf(conditions, { ...table, isOnly: sources.length === 1 }) });
  }
  const from = nodeOf(node.from, "FromNode");
  if (from) known.add(from);
  // The conditions of a join may have subqueries.
  for (const join of joins) {
    known.add(join);
    const on = nodeOf(join.on, "OnNode");
    if (on) collect(on, names, reads);
  }
  return known;
}

/** The names of `with` expressions, which look like tables. */
function namesOfExpressions(node: QueryNode): readonly string[] {
  return nodesOf(nodeOf(node.with, "WithNode")?.expressions).flatMap(
    (expression) => nameIn(nodeOf(expression.name, "CommonTableExpressionNameNode")?.table) ?? [],
  );
}

function mayReadTables(node: QueryNode): boolean {
  const { sqlFragments } = node;
  const text = Array.isArray(sqlFragments) ? sqlFragments.join(" ? ") : "";
  return /\b(select|table|join)\b/i.test(text);
}

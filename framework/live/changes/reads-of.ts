import { everyTable, type Read, readsEverything } from "./change.ts";
import { columnsOf } from "./columns-of.ts";
import type { KindOf } from "./comparable.ts";
import { conditionsIn, valuesOf } from "./conditions.ts";
import { childrenOf, nodeOf, nodesOf, type QueryNode, tableIn } from "./query-node.ts";

/** What a query reads. SQL that is written by hand can read anything. */
export function readsOf(query: QueryNode, kindOf: KindOf): readonly Read[] {
  if (query.kind === "RawNode" && !isOnlyCommand(query)) return [readsEverything];
  const reads: Read[] = [];
  collect(query, kindOf, reads);
  if (reads.some(({ table }) => table === everyTable)) return [readsEverything];
  const columns = columnsOf(query);
  return columns ? reads.map((read) => ({ ...read, columns })) : reads;
}

/** The name of a `with` expression counts as a table, since a table of this name may be what it reads itself. */
function collect(node: QueryNode, kindOf: KindOf, reads: Read[]): void {
  if (node.kind === "RawNode" && mayReadTables(node)) reads.push(readsEverything);
  const table = tableIn(nodeOf(node, "TableNode"));
  if (table) reads.push({ table: table.name, where: {} });
  // `cards.id` names a table, but reads only what `from` has named already.
  if (node.kind === "ReferenceNode" || node.kind === "SelectAllNode") return;
  const known = node.kind === "SelectQueryNode" ? collectSources(node, kindOf, reads) : [];
  for (const child of childrenOf(node)) if (!known.includes(child)) collect(child, kindOf, reads);
}

/** The tables of a select with the conditions on them. Returns the nodes that are dealt with. */
function collectSources(node: QueryNode, kindOf: KindOf, reads: Read[]): readonly QueryNode[] {
  const from = nodeOf(node.from, "FromNode");
  const joins = nodesOf(node.joins);
  const sources = [...nodesOf(from?.froms), ...nodesOf(joins.map(({ table }) => table))];
  const conditions = conditionsIn(node.where);
  for (const source of sources) {
    const table = tableIn(source);
    if (table) {
      const where = valuesOf(conditions, { ...table, isOnly: sources.length === 1 }, kindOf);
      reads.push({ table: table.name, where });
    } else if (isQuery(source)) collect(source, kindOf, reads);
    // The name of a table in SQL, or a function that may read some.
    else reads.push(readsEverything);
  }
  // The conditions of a join may have subqueries.
  for (const { on } of joins) for (const condition of nodesOf([on])) collect(condition, kindOf, reads);
  return from ? [from, ...joins] : joins;
}

const queries = new Set(["SelectQueryNode", "ValuesNode", "SetOperationNode"]);

function isQuery(source: QueryNode): boolean {
  if (source.kind === "AliasNode" || source.kind === "ParensNode") return nodesOf([source.node]).some(isQuery);
  return queries.has(source.kind);
}

function mayReadTables(node: QueryNode): boolean {
  return /\b(select|table|join)\b/i.test(textOf(node));
}

/** Whether it only says what to do, without an answer that a page could show. */
function isOnlyCommand(node: QueryNode): boolean {
  const text = textOf(node);
  const command = /^\s*(begin|start|commit|rollback|savepoint|release|set|insert|update|delete|replace|merge)\b/i;
  return command.test(text) && !/\breturning\b/i.test(text) && !mayReadTables(node);
}

function textOf({ sqlFragments }: QueryNode): string {
  return Array.isArray(sqlFragments) ? sqlFragments.join(" ? ") : "";
}

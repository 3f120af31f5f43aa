/** A node of a query's tree, as Kysely builds it. Known by its kind only, so that nodes of a later version don't break anything. */
export interface QueryNode {
  readonly kind: string;
  readonly [name: string]: unknown;
}

export function isNode(value: unknown): value is QueryNode {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

/** The node itself if it is of this kind. */
export function nodeOf(value: unknown, kind: string): QueryNode | undefined {
  return isNode(value) && value.kind === kind ? value : undefined;
}

export function nodesOf(value: unknown): readonly QueryNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The nodes directly below this one. */
export function childrenOf(node: QueryNode): readonly QueryNode[] {
  const children: QueryNode[] = [];
  for (const value of Object.values(node)) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...nodesOf(value));
  }
  return children;
}

/** The name in an identifier, a table or a column, in lower case; databases disagree about case, and a name too many does no harm. */
export function nameIn(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.kind === "IdentifierNode") return typeof value.name === "string" ? value.name.toLowerCase() : undefined;
  if (value.kind === "TableNode") return nameIn(value.table);
  if (value.kind === "SchemableIdentifierNode") return nameIn(value.identifier);
  return value.kind === "ColumnNode" ? nameIn(value.column) : undefined;
}

/** A table in `from`, `join`, `update` and so on: its name, and what the query calls it. Undefined for anything else, such as a subquery. */
export function tableIn(value: unknown): { readonly name: string; readonly alias: string } | undefined {
  const aliased = nodeOf(value, "AliasNode");
  const name = nameIn(nodeOf(aliased?.node ?? value, "TableNode"));
  return name === undefined ? undefined : { name, alias: nameIn(aliased?.alias) ?? name };
}

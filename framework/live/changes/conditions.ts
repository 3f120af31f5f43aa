import type { ColumnValues } from "./change.ts";
import { comparable, type KindOf } from "./comparable.ts";
import { isNode, nameIn, nodeOf, nodesOf, type QueryNode } from "./query-node.ts";

/** A condition that a column has one of some values. */
export interface Condition {
  /** What the query calls the table; undefined if it doesn't say. */
  readonly table: string | undefined;
  readonly column: string;
  readonly values: readonly unknown[];
}

/** The conditions that every row has to meet: `a = 1 and b in (2, 3)`. What else the clause says can only exclude more rows. */
export function conditionsIn(where: unknown): readonly Condition[] {
  const node = nodeOf(where, "WhereNode")?.where ?? where;
  if (!isNode(node)) return [];
  if (node.kind === "ParensNode") return conditionsIn(node.node);
  if (node.kind === "AndNode") return [...conditionsIn(node.left), ...conditionsIn(node.right)];
  if (node.kind !== "BinaryOperationNode") return [];
  const column = columnIn(node.leftOperand);
  const values = column && valuesIn(node.operator, node.rightOperand);
  return column && values ? [{ ...column, values }] : [];
}

/** A table as a query uses it. */
export interface TableInUse {
  readonly name: string;
  readonly alias: string;
  /** Whether columns without a table can only be meant to be of this one. */
  readonly isOnly: boolean;
}

/** The conditions on one table that tell its rows apart. */
export function valuesOf(conditions: readonly Condition[], table: TableInUse, kindOf: KindOf): ColumnValues {
  const found: Record<string, readonly string[]> = Object.create(null);
  for (const condition of conditions) {
    const isMeant = condition.table === undefined ? table.isOnly : condition.table === table.alias;
    const values = isMeant ? comparableValues(condition.values, table.name, condition.column, kindOf) : undefined;
    // Of two conditions on one column, either will do.
    if (values) found[condition.column] = values;
  }
  return found;
}

function columnIn(operand: unknown): Omit<Condition, "values"> | undefined {
  const reference = nodeOf(operand, "ReferenceNode");
  const column = nameIn(nodeOf(reference?.column ?? operand, "ColumnNode"));
  return column === undefined ? undefined : { table: nameIn(reference?.table), column };
}

/** Not those of `is`: in MySQL and SQLite, `is true` is true of each number but 0. */
function valuesIn(operator: unknown, operand: unknown): readonly unknown[] | undefined {
  const name = nodeOf(operator, "OperatorNode")?.operator;
  if (name === "=" || name === "==") return [literalIn(operand)];
  return name === "in" ? literalsIn(operand) : undefined;
}

function literalsIn(operand: unknown): readonly unknown[] {
  if (!isNode(operand)) return [undefined];
  if (operand.kind === "ParensNode") return literalsIn(operand.node);
  if (operand.kind === "PrimitiveValueListNode") return Array.isArray(operand.values) ? operand.values : [undefined];
  return operand.kind === "ValueListNode" ? nodesOf(operand.values).map(literalIn) : [undefined];
}

/** The value that a query carries as a parameter or writes out; undefined for anything computed. */
export function literalIn(operand: QueryNode | unknown): unknown {
  const value = nodeOf(operand, "ValueNode");
  return value ? value.value : undefined;
}

/** Undefined if one of them can't be compared, or if there are too many to be worth it. */
export function comparableValues(
  values: readonly unknown[],
  table: string,
  column: string,
  kindOf: KindOf,
): readonly string[] | undefined {
  const kind = kindOf(table, column);
  const texts = new Set<string>();
  for (const value of values) {
    const text = comparable(value, kind);
    if (text === undefined) return undefined;
    texts.add(text);
    if (texts.size > maxValues) return undefined;
  }
  return texts.size === 0 ? undefined : [...texts];
}

const maxValues = 100;

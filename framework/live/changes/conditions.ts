import type { ColumnValues } from "./change.ts";
import { comparable } from "./comparable.ts";
import { isNode, nameIn, nodeOf, nodesOf, type QueryNode } from "./query-node.ts";

/** A condition that a column has one of some values. */
export interface Condition {
  /** What the query calls the table; undefined if it doesn't say. */
  readonly table: string | undefined;
  readonly column: string;
  readonly values: readonly string[];
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

/** The conditions on one table, whose columns nothing else in the query can be meant by. */
export function valuesOf(
  conditions: readonly Condition[],
  table: { readonly alias: string; readonly isOnly: boolean },
): ColumnValues {
  const values: Record<string, readonly string[]> = Object.create(null);
  for (const condition of conditions) {
    const isMeant = condition.table === undefined ? table.isOnly : condition.table === table.alias;
    // Of two conditions on one column, either will do.
    if (isMeant) values[condition.column] = condition.values;
  }
  return values;
}

function columnIn(operand: unknown): Omit<Condition, "values"> | undefined {
  const reference = nodeOf(operand, "ReferenceNode");
  const column = nameIn(nodeOf(reference?.column ?? operand, "ColumnNode"));
  return column === undefined ? undefined : { table: nameIn(reference?.table), column };
}

function valuesIn(operator: unknown, operand: unknown): readonly string[] | undefined {
  const name = nodeOf(operator, "OperatorNode")?.operator;
  if (name === "=" || name === "is" || name === "==") return allComparable([literalIn(operand)]);
  return name === "in" ? allComparable(literalsIn(operand)) : undefined;
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
export function allComparable(values: readonly unknown[]): readonly string[] | undefined {
  if (values.length === 0 || values.length > maxValues) return undefined;
  const texts = new Set<string>();
  for (const value of values) {
    const text = comparable(value);
    if (text === undefined) return undefined;
    texts.add(text);
  }
  return [...texts];
}

const maxValues = 100;

import type { Node, SourceFile } from "typescript/unstable/ast";
import { isCallExpression, isPropertyAccessExpression } from "typescript/unstable/ast/is";
import type { Change } from "./mutation.ts";
import { replaceNode } from "./operators.ts";

const opposites = new Map(
  Object.entries({
    some: "every",
    every: "some",
    startsWith: "endsWith",
    endsWith: "startsWith",
    push: "unshift",
    unshift: "push",
    shift: "pop",
    pop: "shift",
    min: "max",
    max: "min",
    floor: "ceil",
    ceil: "floor",
    indexOf: "lastIndexOf",
    lastIndexOf: "indexOf",
    toLowerCase: "toUpperCase",
    toUpperCase: "toLowerCase",
  }),
);

/** Without them, what they are called on stays as it is. */
const droppable = new Set([
  "filter",
  "slice",
  "trim",
  "sort",
  "toSorted",
  "reverse",
  "toReversed",
  "concat",
  "replace",
  "replaceAll",
]);

/** Methods of lists and texts that become their opposite, or aren't called. */
export function changeMethodCalls(node: Node, source: SourceFile): readonly Change[] {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
  const { name, expression } = node.expression;
  const method = name.getText(source);
  const opposite = opposites.get(method);
  if (opposite !== undefined) return [replaceNode(name, source, "method", opposite)];
  if (droppable.has(method)) return [replaceNode(node, source, "method", expression.getText(source))];
  return [];
}

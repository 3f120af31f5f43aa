import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isIfStatement,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
} from "typescript/unstable/ast/is";
import type { Change } from "./mutation.ts";

const swapped: Readonly<Record<string, readonly [kind: string, replacement: string]>> = {
  "<": ["comparison", "<="],
  "<=": ["comparison", "<"],
  ">": ["comparison", ">="],
  ">=": ["comparison", ">"],
  "===": ["comparison", "!=="],
  "!==": ["comparison", "==="],
  "&&": ["logic", "||"],
  "||": ["logic", "&&"],
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
  "%": ["arithmetic", "*"],
  "+=": ["arithmetic", "-="],
  "-=": ["arithmetic", "+="],
};

/** Operators that become their neighbor, and conditions that become their opposite. */
export function changeOperators(node: Node, source: SourceFile): readonly Change[] {
  if (isBinaryExpression(node)) return changeBinary(node, source);
  if (isIfStatement(node)) {
    const { expression } = node;
    const text = expression.getText(source);
    return [replaceNode(expression, source, "condition", `!(${text})`)];
  }
  if (isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText(source);
    if (node.operator === SyntaxKind.ExclamationToken) return [replaceNode(node, source, "negation", operand)];
    if (node.operator === SyntaxKind.PlusPlusToken) return [replaceNode(node, source, "arithmetic", `--${operand}`)];
    if (node.operator === SyntaxKind.MinusMinusToken) return [replaceNode(node, source, "arithmetic", `++${operand}`)];
  }
  if (isPostfixUnaryExpression(node)) {
    const sign = node.operator === SyntaxKind.PlusPlusToken ? "--" : "++";
    return [replaceNode(node, source, "arithmetic", node.operand.getText(source) + sign)];
  }
  return [];
}

function changeBinary(node: Node & { left: Node; right: Node; operatorToken: Node }, source: SourceFile): Change[] {
  const operator = node.operatorToken.getText(source);
  // Without the first side, what stands in for it is always taken.
  if (operator === "??") return [replaceNode(node, source, "default", node.right.getText(source))];
  const [kind, replacement] = swapped[operator] ?? [];
  if (kind === undefined || replacement === undefined) return [];
  const changes = [replaceNode(node.operatorToken, source, kind, replacement)];
  // One side of a condition alone.
  if (kind === "logic") changes.push(replaceNode(node, source, kind, node.right.getText(source)));
  return changes;
}

export function replaceNode(node: Node, source: SourceFile, kind: string, replacement: string): Change {
  return { kind, start: node.getStart(source), end: node.end, replacement };
}

import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import {
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIfStatement,
  isReturnStatement,
  isThrowStatement,
} from "typescript/unstable/ast/is";
import type { Change } from "./mutation.ts";
import { replaceNode } from "./operators.ts";

/** Statements that are forgotten: a call, an assignment, an early exit. */
export function dropStatements(node: Node, source: SourceFile): readonly Change[] {
  if (isExpressionStatement(node) && isEffect(node.expression)) {
    return isSuperCall(node.expression) ? [] : [replaceNode(node, source, "dropped statement", ";")];
  }
  if (isIfStatement(node) && node.elseStatement === undefined && endsEarly(node.thenStatement)) {
    return [replaceNode(node, source, "dropped guard", ";")];
  }
  if (isThrowStatement(node) && !isGuardBody(node)) return [replaceNode(node, source, "dropped throw", ";")];
  return [];
}

function isEffect(expression: Node): boolean {
  const inner = isAwaitExpression(expression) ? expression.expression : expression;
  return isCallExpression(inner) || isAssignment(inner);
}

function isAssignment(node: Node): boolean {
  return (
    isBinaryExpression(node) &&
    node.operatorToken.kind >= SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= SyntaxKind.LastAssignment
  );
}

function isSuperCall(node: Node): boolean {
  return isCallExpression(node) && node.expression.kind === SyntaxKind.SuperKeyword;
}

function endsEarly(statement: Node): boolean {
  if (isReturnStatement(statement) || isThrowStatement(statement)) return true;
  if (statement.kind === SyntaxKind.ContinueStatement || statement.kind === SyntaxKind.BreakStatement) return true;
  if (!isBlock(statement)) return false;
  const last = statement.statements.at(-1);
  return last !== undefined && endsEarly(last);
}

/** Then the guard as a whole is dropped instead. */
function isGuardBody(node: Node): boolean {
  return isIfStatement(node.parent) && node.parent.elseStatement === undefined;
}

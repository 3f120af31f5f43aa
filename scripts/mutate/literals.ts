import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import {
  isCallExpression,
  isConditionalExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateExpression,
} from "typescript/unstable/ast/is";
import type { Change } from "./mutation.ts";
import { replaceNode } from "./operators.ts";

/** Constants that become another one: a number is one more (a large one and the length of a token are 0), a text is empty, an expression loses an anchor. */
export function changeLiterals(node: Node, source: SourceFile): readonly Change[] {
  if (node.kind === SyntaxKind.TrueKeyword) return [replaceNode(node, source, "constant", "false")];
  if (node.kind === SyntaxKind.FalseKeyword) return [replaceNode(node, source, "constant", "true")];
  if (isNumericLiteral(node)) {
    if (isSign(node, source)) return [];
    const value = Number(node.text);
    // Nobody notices one millisecond or one byte more.
    const isSmall = value < 100 && !isTokenLength(node, source);
    return [replaceNode(node, source, "constant", isSmall ? String(value + 1) : "0")];
  }
  if (isRegularExpressionLiteral(node)) return dropAnchors(node, source);
  if (isText(node)) {
    const isEmpty = node.end - node.getStart(source) === 2;
    return [replaceNode(node, source, "text", isEmpty ? '"mutated"' : '""')];
  }
  return [];
}

/** One of the results `-1` and `1` of a comparison, whose size doesn't matter. */
function isSign(node: Node, source: SourceFile): boolean {
  const around = isPrefixUnaryExpression(node.parent) ? node.parent.parent : node.parent;
  if (!isConditionalExpression(around)) return false;
  return [around.whenTrue, around.whenFalse].map((result) => result.getText(source)).join() === "-1,1";
}

/** A random token is as good with one more character. */
function isTokenLength({ parent }: Node, source: SourceFile): boolean {
  return isCallExpression(parent) && parent.expression.getText(source) === "randomToken";
}

export function isText(node: Node): boolean {
  return isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node);
}

function dropAnchors(node: Node, source: SourceFile): Change[] {
  const text = node.getText(source);
  const last = text.lastIndexOf("/");
  const changes: Change[] = [];
  if (text.startsWith("/^") && last > 2) {
    changes.push(replaceNode(node, source, "pattern", `/${text.slice(2)}`));
  }
  if (text[last - 1] === "$" && text[last - 2] !== "\\" && last > 2) {
    changes.push(replaceNode(node, source, "pattern", text.slice(0, last - 1) + text.slice(last)));
  }
  return changes;
}

import type { Node, SourceFile } from "typescript/unstable/ast";
import {
  isCallExpression,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isInterfaceDeclaration,
  isJsxAttribute,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTypeAliasDeclaration,
  isTypeNode,
} from "typescript/unstable/ast/is";
import { changeLiterals, isText } from "./literals.ts";
import { changeMethodCalls } from "./method-calls.ts";
import { locateMutation, type Mutation } from "./mutation.ts";
import { changeOperators } from "./operators.ts";
import { dropStatements } from "./statements.ts";

const mutators = [changeOperators, changeLiterals, dropStatements, changeMethodCalls];

/** Every mutation of a file. Types, imports, prose (texts and hints of errors) and looks (classes of elements) are left alone. */
export function findMutations(file: string, source: SourceFile): readonly Mutation[] {
  const found = new Map<string, Mutation>();
  visit(source);
  return [...found.values()];

  function visit(node: Node): void {
    if (isErased(node) || isProse(node, source) || isLook(node, source)) return;
    for (const mutate of mutators) {
      for (const change of mutate(node, source)) {
        found.set(`${change.start}:${change.end}:${change.replacement}`, locateMutation(file, source.text, change));
      }
    }
    node.forEachChild(visit);
  }
}

/** Gone when the program runs. */
function isErased(node: Node): boolean {
  return (
    isTypeNode(node) ||
    isInterfaceDeclaration(node) ||
    isTypeAliasDeclaration(node) ||
    isImportDeclaration(node) ||
    isExportDeclaration(node)
  );
}

const proseProperties = new Set(["message", "hint", "description", "title", "error"]);

/** What people read: a test that repeats it word by word holds nothing. */
function isProse(node: Node, source: SourceFile): boolean {
  if (isPropertyAssignment(node)) return proseProperties.has(node.name.getText(source));
  if (!isText(node)) return false;
  const text = node.getText(source);
  const isSentence = /^["`][A-Z].* /s.test(text) || / .*\.["`]$/s.test(text);
  return isSentence || isLogged(node, source) || isSymbolName(node);
}

/** The text of a line in the log. That there is a line isn't prose. */
function isLogged(node: Node, source: SourceFile): boolean {
  const { parent } = node;
  if (!isCallExpression(parent) || !isPropertyAccessExpression(parent.expression)) return false;
  const { name, expression } = parent.expression;
  const isLevel = ["debug", "info", "warn", "error"].includes(name.getText(source));
  return isLevel && /(^|[.#])log(ger)?$/.test(expression.getText(source));
}

/** Only debuggers show it. */
function isSymbolName({ parent }: Node): boolean {
  return isCallExpression(parent) && isIdentifier(parent.expression) && parent.expression.text === "Symbol";
}

const lookAttributes = new Set(["class", "style", "placeholder", "aria-label", "title", "label", "submit"]);

function isLook(node: Node, source: SourceFile): boolean {
  if (isJsxAttribute(node)) return lookAttributes.has(node.name.getText(source));
  // The name of a property, such as "content-type" in a list of headers, stays what it is.
  return isStringLiteral(node) && isPropertyAssignment(node.parent) && node.parent.name === node;
}

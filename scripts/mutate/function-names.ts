import type { Node, SourceFile } from "typescript/unstable/ast";
import {
  isArrowFunction,
  isBlock,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isPropertyAssignment,
  isSetAccessorDeclaration,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";

/** A function with a body. */
export interface FoundFunction {
  /** Its file, the functions around it and its own name: the same after changes elsewhere in the file. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The body is an expression, as in `() => 1`. */
  readonly isExpression: boolean;
}

/** The functions of a file, each after those around it. */
export function findFunctions(file: string, source: SourceFile): readonly FoundFunction[] {
  const found: FoundFunction[] = [];
  const taken = new Set<string>();
  visit(source, file);
  return found;

  function visit(node: Node, around: string): void {
    const body = bodyOf(node);
    if (body === undefined) {
      node.forEachChild((child) => visit(child, around));
      return;
    }
    const name = freeName(`${around} › ${ownName(node, source)}`);
    found.push({ name, start: body.getStart(source), end: body.end, isExpression: !isBlock(body) });
    node.forEachChild((child) => visit(child, name));
  }

  function freeName(wanted: string): string {
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted} ${number}`;
    taken.add(name);
    return name;
  }
}

/** The innermost function around a place, and the functions around that, from the inside out. */
export function functionsAt(functions: readonly FoundFunction[], place: number): readonly string[] {
  const around = functions.filter(({ start, end }) => start <= place && place < end);
  return around.map(({ name }) => name).reverse();
}

function bodyOf(node: Node): Node | undefined {
  return isArrowFunction(node) ||
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node)
    ? node.body
    : undefined;
}

function ownName(node: Node, source: SourceFile): string {
  if (isFunctionDeclaration(node) || isMethodDeclaration(node)) return node.name?.getText(source) ?? "default";
  if (isGetAccessorDeclaration(node) || isSetAccessorDeclaration(node)) return node.name.getText(source);
  if (isConstructorDeclaration(node)) return "constructor";
  const { parent } = node;
  if (isVariableDeclaration(parent) || isPropertyAssignment(parent)) return parent.name.getText(source);
  return "function";
}

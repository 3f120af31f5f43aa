import type { StandardIssue } from "../base/index.ts";

/** The issues in one line: `email: Invalid email; age: Required`. Contains no values, since schema messages contain none. */
export function formatIssues(issues: readonly StandardIssue[]): string {
  return issues.map(({ message, path = [] }) => [...pathOf(path), message].join(": ")).join("; ");
}

function pathOf(path: NonNullable<StandardIssue["path"]>): string[] {
  if (path.length === 0) return [];
  return [path.map((part) => String(typeof part === "object" ? part.key : part)).join(".")];
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./samples.ts";

/** How a name is declared, as the reference shows it. */
export interface Declaration {
  /** The sentences above it. */
  readonly text: string;
  /** The declaration without the bodies of functions. */
  readonly source: string;
}

/** Finds an exported declaration in a formatted source file. */
export function declarationOf(name: string, file: string): Declaration {
  const text = readFileSync(join(projectFolder, file), "utf8");
  const pattern = `(?:^(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\n)?(?:^//[^\\n]*\\n)?^export (?:async )?(function|const|class|interface|type) ${name}\\b`;
  const match = new RegExp(pattern, "m").exec(text);
  if (!match) return { text: "", source: "" };
  const start = match.index + match[0].lastIndexOf("export");
  const kind = match[2];
  return { text: readComment(match[1]), source: kind === undefined ? "" : readSource(text.slice(start), kind) };
}

function readComment(comment = ""): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.trim().replace(/^\*\s?/, ""))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

// The sources are formatted, so a declaration ends with the first line that closes it in the first column.
function readSource(text: string, kind: string): string {
  if (kind === "function")
    return `${text.slice(0, text.search(/ \{\n(?! {2}readonly| {2}\.\.\.rest|[^\n]*\n\}:)/m)).replace("export ", "")};`;
  if (kind === "const") return `${/^export (const [^=;]+?)\s*[=;]/.exec(text)?.[1] ?? ""};`;
  if (kind === "class") return /^export (class [^\n]+?) \{/.exec(text)?.[1]?.concat(" { … }") ?? "";
  const lines = text.replace("export ", "").split("\n");
  const end = lines.findIndex(
    (line, index) => (index > 0 || line.endsWith(";")) && /^[}\])]|;$/.test(line) && !/^\s/.test(line),
  );
  const isOneLine = lines[0]?.endsWith(";") || lines[0]?.endsWith("{}");
  const block = isOneLine ? lines.slice(0, 1) : kind === "type" ? upToSemicolon(lines) : lines.slice(0, end + 1);
  return block.join("\n");
}

function upToSemicolon(lines: readonly string[]): string[] {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    depth += (line.match(/[{([]/g) ?? []).length - (line.match(/[})\]]/g) ?? []).length;
    if (depth === 0 && line.trimEnd().endsWith(";")) return lines.slice(0, index + 1);
  }
  return [...lines];
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Project } from "../../project/project.ts";

/** A column as the app's types say: `string`, `string | null`, `Milliseconds`. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** The columns of a table that the app declares in `interface Tables`; null if it doesn't, or in a way that can't be read. */
export function readTable(project: Project, table: string): readonly TableColumn[] | null {
  for (const text of sourcesOf(dirname(project.main))) {
    const tables = blockAfter(text, /\binterface Tables\s*(?=\{)/);
    const type = tables && typeOf(tables, table);
    if (!type) continue;
    const body = type.startsWith("{")
      ? blockAfter(type, /^/)
      : blockAfter(text, new RegExp(`\\binterface ${type}\\s*(?=\\{)`));
    return body === null ? null : columnsIn(body);
  }
  return null;
}

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

/** What is between the braces that follow. */
function blockAfter(text: string, start: RegExp): string | null {
  const found = start.exec(text);
  if (!found) return null;
  const from = found.index + found[0].length + 1;
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return text.slice(from, at);
  }
  return null;
}

/** The name of a table's interface, or the type itself if it is written in place. */
function typeOf(tables: string, table: string): string | undefined {
  return new RegExp(`(?:^|[\\s;{"])${table}"?\\s*:\\s*(\\w+(?=\\s*[;,}\\n])|\\{[^}]*\\})`).exec(tables)?.[1];
}

function columnsIn(body: string): readonly TableColumn[] {
  const withoutComments = body.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  return [...withoutComments.matchAll(/(?:^|[\s;,])(?:readonly\s+)?(\w+)\s*:\s*([^;,\n}]+)/g)].map(
    ([, name = "", type = ""]) => ({ name, type: type.trim() }),
  );
}

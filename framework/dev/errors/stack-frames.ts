import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { codeFolder } from "../../base/index.ts";

/** One stack frame, with the source around it if it belongs to the app. */
export interface StackFrame {
  readonly call: string;
  /** Absolute path; undefined if the frame isn't in a file. */
  readonly file: string | undefined;
  /** For display: relative to the working directory. */
  readonly place: string;
  readonly line: number;
  readonly column: number;
  /** In the app itself, not in Node or a package. */
  readonly isOwn: boolean;
  readonly source: readonly { readonly number: number; readonly text: string }[];
}

const frameLine =
  /^\s+at (?:(.{1,300}?) \()?((?:file:\/\/|node:|\/|[A-Z]:\\|[a-z]+:).{1,1000}?):(\d{1,9}):(\d{1,9})\)?$/;
/** Only code is shown: a forged line in an error message must not open other files. */
const codeFile = /\.[cm]?[jt]sx?$/;
const linesAround = 5;
const longestSourceLine = 300;

const frameworkFolder = join(codeFolder(), "framework") + sep;

/**
 * Parses V8's stack text. Reads source for files of the app, or for the framework's if no frame is in the app. Ignores other lines.
 */
export function readStack(stack: string, root = process.cwd()): StackFrame[] {
  const lines = stack.split("\n");
  const read = (isOwnFile: (file: string) => boolean) =>
    lines.map((line) => readFrame(line, { root, isOwnFile })).filter((frame) => frame !== undefined);
  const frames = read((file) => !isPackage(file) && !file.startsWith(frameworkFolder));
  return frames.some(({ isOwn }) => isOwn) ? frames : read((file) => !isPackage(file));
}

function isPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

interface FrameOptions {
  readonly root: string;
  readonly isOwnFile: (file: string) => boolean;
}

function readFrame(text: string, { root, isOwnFile }: FrameOptions): StackFrame | undefined {
  const [, call = "", where = "", line = "0", column = "0"] = frameLine.exec(text) ?? [];
  if (where === "") return undefined;
  const file = fileOf(where);
  const isOwn = file !== undefined && isOwnFile(file);
  return {
    call: call.replace(/^async /, ""),
    file,
    place: file === undefined ? where : relative(root, file) || file,
    line: Number(line),
    column: Number(column),
    isOwn,
    source: isOwn ? sourceAround(file, Number(line)) : [],
  };
}

function fileOf(where: string): string | undefined {
  if (where.startsWith("node:")) return undefined;
  try {
    return where.startsWith("file:") ? fileURLToPath(where.split("?")[0] ?? where) : where;
  } catch {
    return undefined; // not a local file
  }
}

function sourceAround(file: string, line: number): StackFrame["source"] {
  if (!codeFile.test(file)) return [];
  try {
    const lines = readFileSync(file, "utf8").split(/\r?\n/);
    const first = Math.max(0, line - 1 - linesAround);
    return lines
      .slice(first, line + linesAround)
      .map((text, index) => ({ number: first + index + 1, text: text.slice(0, longestSourceLine) }));
  } catch {
    return []; // generated code, or a deleted file
  }
}

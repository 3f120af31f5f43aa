import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the guides. */
export const docsFolder = fileURLToPath(new URL("..", import.meta.url));

/** The folder of the whole project. */
export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block of a guide. */
export interface Sample {
  readonly guide: string;
  /** The heading above it; empty before the first one. */
  readonly section: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /**
   * The file that the block belongs in. The line above the block says it, where a reader sees it: its last word is a path in backticks,
   * followed by a colon. A `diff` block changes that file, any other is the whole of it.
   */
  readonly file: string | undefined;
  /** Marked `run`: it is not only compiled but executed, and must end well. */
  readonly isRun: boolean;
  /** Marked `attacked`: it grants access, and a test tries it as those who may and as those who may not. */
  readonly isAttacked: boolean;
  readonly text: string;
}

/** Names of the guides, except those in subfolders. */
export function guides(): readonly string[] {
  return readdirSync(docsFolder)
    .filter((name) => name.endsWith(".md"))
    .sort();
}

export function readGuide(guide: string): string {
  return readFileSync(new URL(`../${guide}`, import.meta.url), "utf8");
}

/** All fenced blocks of a guide, in order. The guide `../README.md` is that of the project. */
export function samplesOf(guide: string): readonly Sample[] {
  return parseSamples(guide, readGuide(guide));
}

/** All fenced blocks of a text, in order. */
export function parseSamples(guide: string, markdown: string): readonly Sample[] {
  const samples: Sample[] = [];
  let section = "";
  let above = "";
  let open: { line: number; info: string; text: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (open === undefined) {
      if (line.startsWith("```")) open = { line: index + 1, info: line.slice(3), text: [] };
      else if (/^#+ /.test(line)) section = line.replace(/^#+ /, "");
      else if (line.trim() !== "") above = line;
    } else if (line === "```") {
      samples.push(readSample({ guide, section, file: namedFile(above) }, open));
      open = undefined;
      above = "";
    } else open.text.push(line);
  }
  return samples;
}

type Place = Pick<Sample, "guide" | "section" | "file">;

function readSample(place: Place, block: { line: number; info: string; text: readonly string[] }): Sample {
  const [language = "", ...words] = block.info.split(" ");
  return {
    ...place,
    line: block.line,
    language,
    isRun: words.includes("run"),
    isAttacked: words.includes("attacked"),
    text: `${block.text.join("\n")}\n`,
  };
}

/** The path in "Write `app/main.ts`:" */
function namedFile(line: string): string | undefined {
  return /`([\w./-]+\.\w+)`:$/.exec(line.trimEnd())?.[1];
}

/** Whether a block should be compiled. */
export function isCode(sample: Sample): boolean {
  return sample.language === "ts" || sample.language === "tsx";
}

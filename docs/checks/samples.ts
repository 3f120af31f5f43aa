import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the guides. */
export const docsFolder = fileURLToPath(new URL("..", import.meta.url));

/** The folder of the whole project. */
export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

/** A fenced block of a guide. */
export interface Sample {
  readonly guide: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** Path in the sample app of the guide, from `file=…` after the language. */
  readonly file: string | undefined;
  /** Marked `run`: it is not only compiled but executed, and must end well. */
  readonly isRun: boolean;
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

/** All fenced blocks of a guide, in order. */
export function samplesOf(guide: string): readonly Sample[] {
  const samples: Sample[] = [];
  let open: { line: number; info: string; text: string[] } | undefined;
  for (const [index, line] of readGuide(guide).split("\n").entries()) {
    if (!line.startsWith("```")) open?.text.push(line);
    else if (open === undefined) open = { line: index + 1, info: line.slice(3), text: [] };
    else {
      samples.push(readSample(guide, open));
      open = undefined;
    }
  }
  return samples;
}

function readSample(guide: string, block: { line: number; info: string; text: readonly string[] }): Sample {
  const [language = "", ...words] = block.info.split(" ");
  const file = words.find((word) => word.startsWith("file="))?.slice("file=".length);
  return { guide, line: block.line, language, file, isRun: words.includes("run"), text: `${block.text.join("\n")}\n` };
}

/** Whether a block should be compiled. */
export function isCode(sample: Sample): boolean {
  return sample.language === "ts" || sample.language === "tsx";
}

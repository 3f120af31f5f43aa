import { version } from "../base/index.ts";
import { type CommandEntry, commandList, findCommand } from "./command-list.ts";
import { commandUnknown } from "./errors.ts";
import { formatCommandHelp, formatOverview } from "./format-help.ts";
import { nearest } from "./nearest.ts";
import { print } from "./print.ts";

/** Runs the command that the words after `buffkit` name. Rejects with a `KitError` where it fails. */
export async function runCli(given: readonly string[]): Promise<void> {
  const words = spelledOut(given);
  const at = words.findIndex((word) => !word.startsWith("-"));
  const name = words[at];
  if (name === undefined) return print(words.some(asksVersion) ? version : formatOverview());
  const rest = words.toSpliced(at, 1);
  if (name === "help") return await showHelp(rest[0]);
  const entry = entryOf(name);
  if (rest.includes("--help") || rest.includes("-h")) return await showHelp(entry.name);
  const command = await entry.load();
  await command.run(rest);
}

/** `g:model post` means `generate model post`. */
function spelledOut(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const short = index === 0 ? /^(?:g|generate):(\w+)$/.exec(word) : null;
    return short?.[1] ? ["generate", short[1]] : [word];
  });
}

function asksVersion(word: string): boolean {
  return word === "--version" || word === "-v";
}

function entryOf(name: string): CommandEntry {
  const entry = findCommand(name);
  if (entry) return entry;
  const names = commandList.flatMap((known) => [known.name, ...(known.aliases ?? [])]);
  throw commandUnknown({ name, nearest: nearest(name, names) });
}

async function showHelp(name: string | undefined): Promise<void> {
  if (name === undefined) return print(formatOverview());
  const entry = entryOf(name);
  const { args } = await entry.load();
  const more =
    entry.name === "generate" ? (await import("./generate/format-generators.ts")).formatGenerators() : undefined;
  print(formatCommandHelp(entry, args, more));
}

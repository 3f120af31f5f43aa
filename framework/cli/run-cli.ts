import { version } from "../base/index.ts";
import { type CommandEntry, commandList, findCommand } from "./command-list.ts";
import { commandUnknown, optionUnknown } from "./errors.ts";
import { formatCommandHelp, formatOverview } from "./format-help.ts";
import { nearest } from "./terminal/nearest.ts";
import { print } from "./terminal/print.ts";

/** Runs the command named by the words after `buffkit`. Rejects with a `KitError` when it fails. */
export async function runCli(given: readonly string[]): Promise<void> {
  const words = expandShorthand(given);
  const at = words.findIndex((word) => !word.startsWith("-"));
  const name = words[at];
  if (name === undefined) return showOverview(words);
  const rest = words.toSpliced(at, 1);
  if (name === "help") return await showHelp(rest[0]);
  const entry = entryOf(name);
  if (rest.includes("--help") || rest.includes("-h")) return await showHelp(entry.name);
  const command = await entry.load();
  await command.run(rest);
}

/** Turns `g:model post` into `generate model post`. */
function expandShorthand(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const short = index === 0 ? /^(?:g|generate):(\w+)$/.exec(word) : null;
    return short?.[1] ? ["generate", short[1]] : [word];
  });
}

const globalOptions = ["--help", "-h", "--version", "-v", "--verbose"];

/** `buffkit` alone, or with options only. */
function showOverview(options: readonly string[]): void {
  const unknown = options.find((option) => !globalOptions.includes(option));
  if (unknown !== undefined) throw optionUnknown({ option: unknown, nearest: nearestOption(unknown) });
  const isVersionAsked = options.includes("--version") || options.includes("-v");
  print(isVersionAsked ? version : formatOverview());
}

function nearestOption(option: string): string | null {
  return nearest(option.replace(/^-+/, ""), ["help", "version", "verbose"]);
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

import { type ArgDef, type ArgsDef, parseArgs } from "citty";
import { argumentMissing, optionUnknown, surplusArgument } from "./errors.ts";
import { nearest } from "./nearest.ts";

/** A command that can be run, with the types of its arguments closed over, so that many fit into one list. */
export interface Command {
  readonly args: ArgsDef;
  /** Checks and reads the words after the command's name, then does the work. */
  run(words: readonly string[]): Promise<void>;
}

type ValueOf<Definition extends ArgDef> = Definition extends { type: "boolean" }
  ? boolean | undefined
  : Definition extends { type: "positional"; required: false }
    ? string | undefined
    : Definition extends { type: "positional" } | { default: string }
      ? string
      : string | undefined;

/** What a command gets: its arguments by name, and all words that are no options under `_`. */
export type ArgumentsOf<Definitions extends ArgsDef> = {
  readonly [Name in keyof Definitions]: ValueOf<Definitions[Name]>;
} & { readonly _: readonly string[] };

export interface CommandFacts<Definitions extends ArgsDef> {
  readonly args: Definitions;
  /** Whether more words may follow than `args` names; they are in `_`. False unless given. */
  readonly takesMore?: boolean;
  readonly run: (args: ArgumentsOf<Definitions>) => void | Promise<void>;
}

/** The options that every command has. */
export const commonArgs = {
  help: { type: "boolean", alias: "h", description: "Show this help" },
  verbose: { type: "boolean", description: "Show the stack of an error" },
} as const satisfies ArgsDef;

/**
 * Makes a command. A misspelt option or a surplus word is refused before anything is done: `CLI_OPTION_UNKNOWN`,
 * `CLI_ARGUMENT_MISSING`, `CLI_ARGUMENT_SURPLUS`.
 */
export function createCommand<const Definitions extends ArgsDef>(facts: CommandFacts<Definitions>): Command {
  const args = { ...facts.args, ...commonArgs };
  return {
    args,
    async run(words) {
      refuseUnknownOptions(words, args);
      refuseMissing(words, args);
      const read = parseArgs([...words], args);
      const named = Object.values(facts.args).filter(({ type }) => type === "positional").length;
      const surplus = read._[named];
      if (surplus !== undefined && !facts.takesMore) throw surplusArgument({ word: surplus });
      // citty reads by these very definitions, and what it does not require is `undefined` in the type.
      await facts.run(read as unknown as ArgumentsOf<Definitions>);
    },
  };
}

function refuseUnknownOptions(words: readonly string[], args: ArgsDef): void {
  const known = Object.entries(args)
    .filter(([, { type }]) => type !== "positional")
    .flatMap(([name, definition]) => [name, ...aliasesOf(definition)]);
  for (const word of words) {
    if (word === "--") return;
    const name = /^--?(?:no-)?([^=]+)/.exec(word)?.[1];
    if (!word.startsWith("-") || name === undefined || /^-?\d/.test(word)) continue;
    if (!known.includes(name)) throw optionUnknown({ option: word, nearest: nearest(name, known) });
  }
}

function aliasesOf(definition: ArgDef): readonly string[] {
  return "alias" in definition && definition.alias !== undefined ? [definition.alias].flat() : [];
}

function refuseMissing(words: readonly string[], args: ArgsDef): void {
  const optional = Object.fromEntries(
    Object.entries(args).map(([name, definition]) => [name, { ...definition, required: false }]),
  );
  const read = parseArgs([...words], optional);
  const missing = Object.entries(args).find(
    ([name, { type, required }]) => type === "positional" && required !== false && read[name] === undefined,
  );
  if (missing) throw argumentMissing({ name: missing[0], description: missing[1].description });
}

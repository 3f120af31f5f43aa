import { type ParseArgsConfig, parseArgs } from "node:util";
import { argumentInvalid, argumentMissing, argumentUnexpected, optionUnknown } from "../errors.ts";
import { nearest } from "./nearest.ts";

/** How a command declares one of its arguments or options. */
export type ArgumentDefinition =
  | { readonly type: "positional"; readonly description: string; readonly required?: false }
  | { readonly type: "boolean"; readonly description: string; readonly short?: string }
  | { readonly type: "string"; readonly description: string; readonly valueHint?: string; readonly default?: string };

export type ArgumentDefinitions = Readonly<Record<string, ArgumentDefinition>>;

/** A command ready to run. The types of its arguments are closed over, so that all commands fit into one list. */
export interface Command {
  readonly args: ArgumentDefinitions;
  /** Checks and parses the words after the command's name, then does the work. */
  run(words: readonly string[]): Promise<void>;
}

type ValueOf<Definition extends ArgumentDefinition> = Definition extends { type: "boolean" }
  ? boolean | undefined
  : Definition extends { required: false }
    ? string | undefined
    : Definition extends { type: "positional" } | { default: string }
      ? string
      : string | undefined;

/** What a command receives: its arguments and options by name, and all positional words under `_`. */
export type ArgumentsOf<Definitions extends ArgumentDefinitions> = {
  readonly [Name in keyof Definitions]: ValueOf<Definitions[Name]>;
} & { readonly _: readonly string[] };

export interface CommandFacts<Definitions extends ArgumentDefinitions> {
  readonly args: Definitions;
  /** Whether more words may follow than `args` names; they are in `_`. Default: false. */
  readonly takesMore?: boolean;
  readonly run: (args: ArgumentsOf<Definitions>) => void | Promise<void>;
}

/** The options that every command has. */
export const commonArgs = {
  help: { type: "boolean", short: "h", description: "Show this help" },
  verbose: { type: "boolean", description: "Show the stack trace of an error" },
} as const satisfies ArgumentDefinitions;

/**
 * Creates a command. It refuses a misspelled option, a missing argument and an extra one before it does anything:
 * `CLI_OPTION_UNKNOWN`, `CLI_ARGUMENT_MISSING`, `CLI_ARGUMENT_INVALID`, `CLI_ARGUMENT_SURPLUS`.
 */
export function createCommand<const Definitions extends ArgumentDefinitions>(
  facts: CommandFacts<Definitions>,
): Command {
  const args = { ...facts.args, ...commonArgs };
  return {
    args,
    async run(words) {
      const { options, positionals } = parseWords(words, args);
      const names = Object.keys(args).filter((name) => args[name]?.type === "positional");
      const missing = names.find((name, index) => isRequired(args[name]) && positionals[index] === undefined);
      if (missing) throw argumentMissing({ argument: `<${missing}>`, description: args[missing]?.description ?? "" });
      const extra = positionals[names.length];
      if (extra !== undefined && !facts.takesMore) throw argumentUnexpected({ word: extra });
      const named = Object.fromEntries(names.map((name, index) => [name, positionals[index]]));
      // Parsed by these very definitions, and every required argument was just checked.
      await facts.run({ ...options, ...named, _: positionals } as ArgumentsOf<Definitions>);
    },
  };
}

/** Whether the command can't run without it. */
export function isRequired(definition: ArgumentDefinition | undefined): boolean {
  return definition?.type === "positional" && definition.required !== false;
}

function parseWords(words: readonly string[], args: ArgumentDefinitions) {
  const options = Object.fromEntries(Object.entries(args).flatMap(optionConfig));
  // Not strict: Node's own errors suggest nothing.
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    allowNegative: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === "option") checkOption(token, args);
  return { options: values, positionals };
}

type ParseOption = NonNullable<ParseArgsConfig["options"]>[string];

function optionConfig([name, definition]: [string, ArgumentDefinition]): [string, ParseOption][] {
  if (definition.type === "positional") return [];
  if (definition.type === "boolean") {
    return [[name, { type: "boolean", ...(definition.short ? { short: definition.short } : {}) }]];
  }
  return [[name, { type: "string", ...(definition.default ? { default: definition.default } : {}) }]];
}

interface OptionToken {
  readonly name: string;
  /** As it was typed: `--port`, `-y`, `--no-json`. */
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, args: ArgumentDefinitions): void {
  const definition = args[name] ?? booleanNamed(name.replace(/^no-/, ""), args);
  if (definition === undefined || definition.type === "positional") {
    const known = Object.keys(args).filter((option) => args[option]?.type !== "positional");
    throw optionUnknown({ option: rawName, nearest: nearest(name, known) });
  }
  if (definition.type === "boolean" && value !== undefined) {
    throw argumentInvalid({ name: rawName, value, expected: "no value" });
  }
  // `--port --host x`: without strict mode the next option would be taken for the value.
  if (definition.type === "string" && (value === undefined || (!inlineValue && /^--?[a-z]/.test(value)))) {
    const argument = `${rawName} <${definition.valueHint ?? name}>`;
    throw argumentMissing({ argument, description: definition.description });
  }
}

function booleanNamed(name: string, args: ArgumentDefinitions): ArgumentDefinition | undefined {
  return args[name]?.type === "boolean" ? args[name] : undefined;
}

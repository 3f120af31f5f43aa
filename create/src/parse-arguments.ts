import { parseArgs } from "node:util";
import { badArguments, takenByNpm } from "./errors.ts";
import { type Choices, partChoices } from "./part-choices.ts";

export interface Arguments {
  readonly name: string | undefined;
  /** The parts chosen by flags. The others are asked for, or get their defaults. */
  readonly parts: Partial<Choices>;
  readonly yes: boolean;
  readonly install: boolean;
  readonly dryRun: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const flag = { type: "boolean" } as const;

const options = {
  yes: { ...flag, short: "y" },
  install: flag,
  "dry-run": flag,
  help: { ...flag, short: "h" },
  version: { ...flag, short: "v" },
  login: flag,
  mail: flag,
  jobs: flag,
  board: flag,
  docker: flag,
  gherkin: flag,
} as const;

/**
 * Parses the command line. npm consumes options before `--` and passes them on in the environment; `--yes` and `--dry-run` mean the same
 * to both. Throws a `CreateError` for unknown options, and for options that npm consumed.
 */
export function parseArguments(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Arguments {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) {
    throw badArguments({
      problem: `Expected one name, got ${positionals.length}: ${positionals.join(" ")}.`,
    });
  }
  refuseTakenByNpm(positionals[0], values, environment);
  const chosen = partChoices.filter(({ id }) => values[id] !== undefined);
  return {
    name: positionals[0],
    parts: Object.fromEntries(chosen.map(({ id }) => [id, values[id]])),
    yes: values.yes ?? environment.npm_config_yes === "true",
    install: values.install ?? true,
    dryRun: values["dry-run"] ?? environment.npm_config_dry_run === "true",
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

/**
 * npm passes `--docker` on as "true", `--no-docker` as "", and `--docker my-app` as "my-app". Only these, because `npm_config_jobs=4` is a
 * setting of node-gyp.
 */
function refuseTakenByNpm(
  name: string | undefined,
  values: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): void {
  const ids = [...partChoices.map(({ id }) => id), "install"];
  const taken = ids.flatMap((id) => {
    const value = environment[`npm_config_${id}`];
    return value === undefined || values[id] !== undefined || (id === "jobs" && /^(?:\d+|max)$/.test(value))
      ? []
      : [{ flag: value === "" || value === "false" ? `--no-${id}` : `--${id}`, value }];
  });
  if (taken.length === 0) return;
  const swallowedName = taken.map(({ value }) => value).find((value) => !["", "true", "false"].includes(value));
  throw takenByNpm({ name: name ?? swallowedName, flags: taken.map(({ flag }) => flag) });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    // The rest of Node's message is about positional arguments that start with a dash.
    const [problem = ""] = error instanceof Error ? error.message.split(". ") : [String(error)];
    throw badArguments({ problem: `${problem.replace(/\.$/, "")}.` });
  }
}

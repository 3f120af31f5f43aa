import { KitError } from "../base/index.ts";

/** One invalid setting: its name, what is wrong with it, and how to fix it. */
export interface ConfigProblem {
  readonly setting: string;
  readonly text: string;
}

/** Everything that is wrong with a configuration, in one error. */
export function configInvalid({ problems }: { problems: readonly ConfigProblem[] }): KitError {
  const lines = problems.map((problem) => `- ${problem.text}`);
  return new KitError({
    code: "KIT_CONFIG_INVALID",
    message: `The configuration is invalid:\n${lines.join("\n")}`,
    hint: "Fix the settings listed above. `npx buffkit doctor` checks them again.",
  });
}

export function partNameTaken({ name }: { name: string }): KitError {
  return new KitError({
    code: "KIT_PART_NAME_TAKEN",
    message: `Two parts in the configuration are named "${name}".`,
    hint: 'Give each part its own name. A part with the name of a built-in one, such as "login", replaces it.',
  });
}

export function migrationsPending({ names }: { names: readonly string[] }): KitError {
  return new KitError({
    code: "KIT_MIGRATIONS_PENDING",
    message: `${names.length} migration${names.length === 1 ? " is" : "s are"} pending: ${names.join(", ")}.`,
    hint: "Run `npx buffkit migrate` before starting, or set `migrate: true` in the configuration.",
  });
}

export function portTaken({ port }: { port: number }): KitError {
  return new KitError({
    code: "KIT_PORT_TAKEN",
    message: `Port ${port} is already in use.`,
    hint: `Stop the program that uses it, or choose another port, e.g. PORT=${port + 1}.`,
  });
}

export function seedsInProduction(): KitError {
  return new KitError({
    code: "KIT_SEEDS_IN_PRODUCTION",
    message: "Seeds are for development: they create accounts and rows that don't belong in production.",
    hint: "To run them anyway, use `npx buffkit db:seed --force`.",
  });
}

export function seedUnreadable({ file }: { file: string }): KitError {
  return new KitError({
    code: "KIT_SEED_UNREADABLE",
    message: `The seed file ${file} doesn't export a function named seed.`,
    hint: "Add `export const seed: Seed = async (kit) => { … };` to it.",
  });
}

export function metricsClientMissing({ cause }: { cause: unknown }): KitError {
  return new KitError({
    code: "KIT_METRICS_CLIENT_MISSING",
    message: "`metrics` is configured, but the package prom-client isn't installed.",
    hint: "Run: npm install prom-client",
    cause,
  });
}

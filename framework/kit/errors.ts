import { KitError } from "../base/index.ts";

/** One setting that cannot be used: its name, what is wrong, what to do. */
export interface ConfigProblem {
  readonly setting: string;
  readonly text: string;
}

/** All that is wrong with a configuration, in one error. */
export function configInvalid({ problems }: { problems: readonly ConfigProblem[] }): KitError {
  const lines = problems.map((problem) => `- ${problem.text}`);
  return new KitError({
    code: "KIT_CONFIG_INVALID",
    message: `The configuration cannot be used:\n${lines.join("\n")}`,
    hint: "Mend each of the settings named above; `npx buffkit doctor` lists them too.",
  });
}

export function partNameTaken({ name }: { name: string }): KitError {
  return new KitError({
    code: "KIT_PART_NAME_TAKEN",
    message: `Two parts in the configuration are called "${name}".`,
    hint: 'Give each part its own name. One part under a built-in name (such as "login") takes the built-in one\'s place.',
  });
}

export function migrationsPending({ names }: { names: readonly string[] }): KitError {
  return new KitError({
    code: "KIT_MIGRATIONS_PENDING",
    message: `The database lacks ${names.length} migration${names.length === 1 ? "" : "s"}: ${names.join(", ")}.`,
    hint: "Run `npx buffkit migrate` before starting, or set `migrate: true` in the configuration.",
  });
}

export function portTaken({ port }: { port: number }): KitError {
  return new KitError({
    code: "KIT_PORT_TAKEN",
    message: `Port ${port} is in use by another program.`,
    hint: `Stop that program, or choose another port: PORT=${port + 1}.`,
  });
}

export function seedsInProduction(): KitError {
  return new KitError({
    code: "KIT_SEEDS_IN_PRODUCTION",
    message: "Seeds are for development: they make accounts and rows that nobody should find in production.",
    hint: "If you mean it: npx buffkit db:seed --force.",
  });
}

export function seedUnreadable({ file }: { file: string }): KitError {
  return new KitError({
    code: "KIT_SEED_UNREADABLE",
    message: `The seed ${file} exports no function called seed.`,
    hint: "Write: export const seed: Seed = async (kit) => { … };",
  });
}

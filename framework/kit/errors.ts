import { describeThrown, KitError } from "../base/index.ts";

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

export function topicTaken({ pattern, parts }: { pattern: string; parts: readonly [string, string] }): KitError {
  return new KitError({
    code: "KIT_TOPIC_TAKEN",
    message: `The parts "${parts[0]}" and "${parts[1]}" both declare the topic "${pattern}".`,
    hint: "Declare it in one of them, or give each its own name.",
  });
}

/** A topic or pattern, and the part that declares it. */
interface TopicOfPart {
  readonly part: string;
  readonly pattern: string;
}

export function topicsOverlap({ broad, narrow }: { broad: TopicOfPart; narrow: TopicOfPart }): KitError {
  return new KitError({
    code: "KIT_TOPICS_OVERLAP",
    message: `The topic "${broad.pattern}" of the part "${broad.part}" also covers "${narrow.pattern}" of the part "${narrow.part}".`,
    hint: "Declare both in the same part, where the more specific one decides, or rename one of them.",
  });
}

export function topicPatternInvalid({ part, pattern }: TopicOfPart): KitError {
  return new KitError({
    code: "KIT_TOPIC_PATTERN_INVALID",
    message: `The part "${part}" can't declare the topic ${JSON.stringify(pattern.slice(0, 80))}.`,
    hint: 'Write a name such as "notes", or one that ends with ":*", such as "note:*". Topics that start with user:, session: or connection: always exist.',
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

export function cannotListen({ host, port, cause }: { host: string; port: number; cause: Error }): KitError {
  return new KitError({
    code: "KIT_CANNOT_LISTEN",
    message: `Can't listen on ${host}, port ${port}: ${cause.message}`,
    hint: "HOST must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them; ports below 1024 may need permission.",
    cause,
  });
}

/** For a service or part that doesn't finish closing. */
export function closeTimedOut({ name, limitMs }: { name: string; limitMs: number }): KitError {
  return new KitError({
    code: "KIT_CLOSE_TIMED_OUT",
    message: `Closing ${name} took longer than ${Math.round(limitMs)} ms, so it was left open.`,
    hint: "It may be waiting for a server that doesn't respond. The process can end anyway.",
  });
}

export function durationInvalid({ variable, given }: { variable: string; given: string }): KitError {
  return new KitError({
    code: "KIT_DURATION_INVALID",
    message: `${variable} is ${JSON.stringify(given)}. Expected a whole number of milliseconds, 0 or more.`,
    hint: `Set it to a number such as ${variable}=30000, or leave it out for the default.`,
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

export function createAppMissing({ given }: { given: unknown }): KitError {
  return new KitError({
    code: "KIT_CREATE_APP_MISSING",
    message: `Expected the function createApp, but got ${nameOf(given)}.`,
    hint: "Export `async function createApp(config: Config)` from app.tsx, and pass the function itself: `await start(createApp, import.meta.url)`.",
  });
}

export function createAppGaveNoKit({ given }: { given: unknown }): KitError {
  return new KitError({
    code: "KIT_CREATE_APP_NO_KIT",
    message: `createApp returned ${nameOf(given)}. Expected an object with the Hono app and its kit: { app, kit }.`,
    hint: "End it with: `const kit = await wire(app, config); return { app, kit };`.",
  });
}

export function startUrlInvalid({ given, cause }: { given: unknown; cause: unknown }): KitError {
  return new KitError({
    code: "KIT_START_URL_INVALID",
    message: `start needs the address of the module that calls it, but got ${nameOf(given)}.`,
    hint: "Call `await start(createApp, import.meta.url)`.",
    cause,
  });
}

export function portInvalid({ given }: { given: string }): KitError {
  return new KitError({
    code: "KIT_PORT_INVALID",
    message: `PORT is ${JSON.stringify(given)}. Expected a whole number from 0 to 65535.`,
    hint: "Set PORT=3000, or leave it out for 3000.",
  });
}

export function valueThrown({ thrown }: { thrown: unknown }): KitError {
  return new KitError({
    code: "KIT_VALUE_THROWN",
    message: `Instead of an error, ${JSON.stringify(describeThrown(thrown))} was thrown.`,
    hint: "Throw an Error: other values don't say where they were thrown.",
    cause: thrown,
  });
}

/** A value in a few words: an object by its keys, because its values may be secret. */
function nameOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "a function" : String(value);
  return `an object with ${Object.keys(value).join(", ") || "no keys"}`;
}

import { KitError } from "../base/index.ts";

export function noMainModule({ main }: { main: string }): KitError {
  return new KitError({
    code: "CLI_NO_MAIN_MODULE",
    message: `There is no ${main} here.`,
    hint: 'Run this in the app\'s folder, or name the module that starts the app in package.json: "buffkit": { "main": "app/main.ts" }.',
  });
}

export function noAppModule({ expected }: { expected: string }): KitError {
  return new KitError({
    code: "CLI_NO_APP_MODULE",
    message: `There is no ${expected}, which this command needs to build the app without starting it.`,
    hint: "Put `export async function createApp(config: Config)` into it; it answers `{ app, kit }` and main.ts calls it.",
  });
}

export function noCreateApp({ file }: { file: string }): KitError {
  return new KitError({
    code: "CLI_NO_CREATE_APP",
    message: `${file} exports no function createApp(config) that answers { app, kit }.`,
    hint: "It is how main.ts, the tests and these commands build the same app: `const kit = await wire(app, config); return { app, kit };`.",
  });
}

export function manifestUnreadable({ file, cause }: { file: string; cause: unknown }): KitError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KitError({
    code: "CLI_MANIFEST_UNREADABLE",
    message: `${file} cannot be read: ${reason}`,
    hint: 'It must be JSON, and "buffkit" in it an object with the texts "main" and "root".',
    cause,
  });
}

export function notBuilt({ file }: { file: string }): KitError {
  return new KitError({
    code: "CLI_NOT_BUILT",
    message: `There is no production build: ${file} is missing.`,
    hint: "Run `npm run build` first.",
  });
}

export function fileUnreadable({ file, cause }: { file: string; cause: unknown }): KitError {
  return new KitError({
    code: "CLI_FILE_UNREADABLE",
    message: `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: "Give this user the right to read it (chmod u+r), or remove it.",
    cause,
  });
}

export function notAPort({ given }: { given: string | undefined }): KitError {
  return new KitError({
    code: "CLI_NOT_A_PORT",
    message: `${JSON.stringify(given)} is no port: a whole number from 0 to 65535 is expected.`,
    hint: "Set PORT=3000, or give --port 3000.",
  });
}

export function noFreePort({ first }: { first: number }): KitError {
  return new KitError({
    code: "CLI_NO_FREE_PORT",
    message: `Port ${first} and the 19 after it are taken.`,
    hint: "Stop what listens there, or choose another with PORT=….",
  });
}

export function toolMissing({ tool, cause }: { tool: string; cause?: unknown }): KitError {
  return new KitError({
    code: "CLI_TOOL_MISSING",
    message: `The package ${tool} is not installed in this project.`,
    hint: `Run: npm install --save-dev ${tool}`,
    cause,
  });
}

export function compileFailed({ exitCode }: { exitCode: number }): KitError {
  return new KitError({
    code: "CLI_COMPILE_FAILED",
    message: `The TypeScript compiler ended with code ${exitCode}; what it said stands above.`,
    hint: "Mend what it names, then build again. An earlier build in dist/ is left as it was.",
  });
}

export function startRefused({ problems }: { problems: readonly string[] }): KitError {
  return new KitError({
    code: "CLI_START_REFUSED",
    message: `The app cannot start in production:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
    hint: "Set what is named above in the environment; `npx buffkit doctor --deploy` looks at the rest, too.",
  });
}

export function confirmationNeeded({ action }: { action: string }): KitError {
  return new KitError({
    code: "CLI_CONFIRMATION_NEEDED",
    message: `${action} Nothing was done, because nobody is here to confirm it.`,
    hint: "Give --yes to confirm.",
  });
}

export function jobUnknown({ id }: { id: string }): KitError {
  return new KitError({
    code: "CLI_JOB_UNKNOWN",
    message: `There is no dead job with the id "${id}".`,
    hint: "`npx buffkit jobs:stats` lists the dead jobs with their ids; only those can be tried again.",
  });
}

export function pinUnknown({ specifier }: { specifier: string }): KitError {
  return new KitError({
    code: "CLI_PIN_UNKNOWN",
    message: `"${specifier}" is not pinned.`,
    hint: "`npx buffkit importmap:list` shows what is.",
  });
}

export function commandUnknown({ name, nearest }: { name: string; nearest: string | null }): KitError {
  return new KitError({
    code: "CLI_COMMAND_UNKNOWN",
    message: `There is no command "${name}".${nearest ? ` Did you mean \`npx buffkit ${nearest}\`?` : ""}`,
    hint: "`npx buffkit help` lists all commands.",
  });
}

export function optionUnknown({ option, nearest }: { option: string; nearest: string | null }): KitError {
  return new KitError({
    code: "CLI_OPTION_UNKNOWN",
    message: `There is no option ${option}.${nearest ? ` Did you mean --${nearest}?` : ""}`,
    hint: "Add --help to the command to see its options.",
  });
}

export function argumentMissing({ name, description }: { name: string; description: string | undefined }): KitError {
  return new KitError({
    code: "CLI_ARGUMENT_MISSING",
    message: `The argument <${name}> is missing${description ? `: ${description}` : ""}.`,
    hint: "Add --help to the command to see how it is used.",
  });
}

export function surplusArgument({ word }: { word: string }): KitError {
  return new KitError({
    code: "CLI_ARGUMENT_SURPLUS",
    message: `"${word}" is one word too many.`,
    hint: "Add --help to the command to see how it is used; put a text with spaces between quotes.",
  });
}

export function argumentInvalid({
  name,
  value,
  expected,
}: {
  name: string;
  value: string;
  expected: string;
}): KitError {
  return new KitError({
    code: "CLI_ARGUMENT_INVALID",
    message: `${name} is "${value}", expected ${expected}.`,
    hint: "Add --help to the command to see how it is used.",
  });
}

export function nameInvalid({ name, reason }: { name: string; reason: string }): KitError {
  return new KitError({
    code: "CLI_NAME_INVALID",
    message: `"${name}" cannot be a name: ${reason}.`,
    hint: "For example: post, blog_post, BlogPost.",
  });
}

export function fieldInvalid({ field, reason }: { field: string; reason: string }): KitError {
  return new KitError({
    code: "CLI_FIELD_INVALID",
    message: `The field "${field}" cannot be used: ${reason}.`,
    hint: "A field is name:type, for example title:string or published_at:datetime:nullable; `npx buffkit generate --help` lists the types.",
  });
}

export function fileExists({ path }: { path: string }): KitError {
  return new KitError({
    code: "CLI_FILE_EXISTS",
    message: `${path} exists already. Nothing was written.`,
    hint: "Choose another name, or move the file away; a generator overwrites nothing.",
  });
}

export function templateUnusable({ file, reason }: { file: string; reason: string }): KitError {
  return new KitError({
    code: "CLI_TEMPLATE_UNUSABLE",
    message: `The template ${file} cannot be used: ${reason}.`,
    hint: "It exports a function as default: (text, { name, fields, path }) => text.",
  });
}

/** Errors of the person who typed the command; the exit code is 2 for them and 1 for all others. */
export const misuseCodes: ReadonlySet<string> = new Set([
  "CLI_COMMAND_UNKNOWN",
  "CLI_OPTION_UNKNOWN",
  "CLI_ARGUMENT_MISSING",
  "CLI_ARGUMENT_SURPLUS",
  "CLI_ARGUMENT_INVALID",
  "CLI_NAME_INVALID",
  "CLI_FIELD_INVALID",
]);

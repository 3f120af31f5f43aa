import { KitError, reasonOf } from "../base/index.ts";

export function noMainModule({ main }: { main: string }): KitError {
  return new KitError({
    code: "CLI_NO_MAIN_MODULE",
    message: `${main} doesn't exist.`,
    hint: 'Run the command in the app\'s folder, or set the module that starts the app in package.json: "buffkit": { "main": "app/main.ts" }.',
  });
}

export function noAppModule({ expected }: { expected: string }): KitError {
  return new KitError({
    code: "CLI_NO_APP_MODULE",
    message: `${expected} doesn't exist. This command needs it to build the app without starting it.`,
    hint: "Export `async function createApp(config: Config)` from it, returning `{ app, kit }`, and call it in main.ts.",
  });
}

export function noCreateApp({ file }: { file: string }): KitError {
  return new KitError({
    code: "CLI_NO_CREATE_APP",
    message: `${file} doesn't export a function createApp(config) that returns { app, kit }.`,
    hint: "main.ts, the tests and these commands all build the app with it: `const kit = await wire(app, config); return { app, kit };`.",
  });
}

export function manifestUnreadable({ file, cause }: { file: string; cause: unknown }): KitError {
  const reason = reasonOf(cause);
  return new KitError({
    code: "CLI_MANIFEST_UNREADABLE",
    message: `Can't read ${file}: ${reason}`,
    hint: 'It must be valid JSON, and its "buffkit" key an object with the strings "main" and "root".',
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
    message: `Can't read ${file}: ${reasonOf(cause)}`,
    hint: "Allow this user to read it (chmod u+r), or delete it.",
    cause,
  });
}

export function invalidPort({ given }: { given: string | undefined }): KitError {
  return new KitError({
    code: "CLI_NOT_A_PORT",
    message: `${JSON.stringify(given)} isn't a valid port. Expected a whole number from 0 to 65535.`,
    hint: "Set PORT=3000, or pass --port 3000.",
  });
}

export function noFreePort({ first }: { first: number }): KitError {
  return new KitError({
    code: "CLI_NO_FREE_PORT",
    message: `Port ${first} and the next 19 are in use.`,
    hint: "Stop the process that uses it, or choose another port with PORT=….",
  });
}

export function toolMissing({ tool, cause }: { tool: string; cause?: unknown }): KitError {
  return new KitError({
    code: "CLI_TOOL_MISSING",
    message: `The package ${tool} isn't installed in this project.`,
    hint: `Run: npm install --save-dev ${tool}`,
    cause,
  });
}

export function compileFailed({ exitCode }: { exitCode: number }): KitError {
  return new KitError({
    code: "CLI_COMPILE_FAILED",
    message: `The TypeScript compiler exited with code ${exitCode}. Its output is above.`,
    hint: "Fix the errors it lists and build again. The previous build in dist/ hasn't been touched.",
  });
}

export function startRefused({ problems }: { problems: readonly string[] }): KitError {
  return new KitError({
    code: "CLI_START_REFUSED",
    message: `The app can't start in production:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
    hint: "Fix these in the environment. `npx buffkit doctor --deploy` checks everything else too.",
  });
}

export function confirmationNeeded({ action }: { action: string }): KitError {
  return new KitError({
    code: "CLI_CONFIRMATION_NEEDED",
    message: `${action} Nothing was changed: this needs a confirmation, and there is no terminal to ask in.`,
    hint: "Pass --yes to confirm.",
  });
}

export function jobUnknown({ id }: { id: string }): KitError {
  return new KitError({
    code: "CLI_JOB_UNKNOWN",
    message: `There is no dead job with the id "${id}".`,
    hint: "Only dead jobs can be retried. `npx buffkit jobs:stats` lists them with their ids.",
  });
}

export function userUnknown({ email }: { email: string }): KitError {
  return new KitError({
    code: "CLI_USER_UNKNOWN",
    message: `There is no account with the email address "${email}".`,
    hint: "Have the person register first, or add the account in a seed: kit.auth.addUser({ email, name, role }).",
  });
}

export function userUnconfirmed({ email }: { email: string }): KitError {
  return new KitError({
    code: "CLI_USER_UNCONFIRMED",
    message: `${email} hasn't been confirmed, so someone else could have registered it.`,
    hint: "Confirm it with the link in the email first. In development, the email is in the inbox at /__mail.",
  });
}

export function pinUnknown({ specifier }: { specifier: string }): KitError {
  return new KitError({
    code: "CLI_PIN_UNKNOWN",
    message: `"${specifier}" isn't pinned.`,
    hint: "`npx buffkit importmap:list` shows the current pins.",
  });
}

export function commandUnknown({ name, nearest }: { name: string; nearest: string | null }): KitError {
  return new KitError({
    code: "CLI_COMMAND_UNKNOWN",
    message: `Unknown command "${name}".${nearest ? ` Did you mean \`npx buffkit ${nearest}\`?` : ""}`,
    hint: "Run `npx buffkit help` for a list of commands.",
  });
}

export function optionUnknown({ option, nearest }: { option: string; nearest: string | null }): KitError {
  return new KitError({
    code: "CLI_OPTION_UNKNOWN",
    message: `Unknown option ${option}.${nearest ? ` Did you mean --${nearest}?` : ""}`,
    hint: "Add --help to see the command's options.",
  });
}

/** `argument` is `<name>` for a word, `--port <port>` for the value of an option. */
export function argumentMissing({ argument, description }: { argument: string; description: string }): KitError {
  return new KitError({
    code: "CLI_ARGUMENT_MISSING",
    message: `Missing argument: ${argument} (${description}).`,
    hint: "Add --help to see how the command is used.",
  });
}

export function argumentUnexpected({ word }: { word: string }): KitError {
  return new KitError({
    code: "CLI_ARGUMENT_SURPLUS",
    message: `Unexpected argument "${word}".`,
    hint: "Add --help to see how the command is used. Quote values that contain spaces.",
  });
}

export interface InvalidArgumentFacts {
  readonly name: string;
  readonly value: string;
  readonly expected: string;
}

export function argumentInvalid({ name, value, expected }: InvalidArgumentFacts): KitError {
  return new KitError({
    code: "CLI_ARGUMENT_INVALID",
    message: `Invalid value "${value}" for ${name}: expected ${expected}.`,
    hint: "Add --help to see how the command is used.",
  });
}

export function nameInvalid({ name, reason }: { name: string; reason: string }): KitError {
  return new KitError({
    code: "CLI_NAME_INVALID",
    message: `"${name}" isn't a usable name: ${reason}.`,
    hint: "For example: post, blog_post, BlogPost.",
  });
}

export function fieldInvalid({ field, reason }: { field: string; reason: string }): KitError {
  return new KitError({
    code: "CLI_FIELD_INVALID",
    message: `The field "${field}" isn't valid: ${reason}.`,
    hint: "A field is name:type, such as title:string, published_at:datetime:nullable or creator:references:users. `npx buffkit generate --help` lists the types.",
  });
}

export function fileExists({ path }: { path: string }): KitError {
  return new KitError({
    code: "CLI_FILE_EXISTS",
    message: `${path} already exists. Nothing was written.`,
    hint: "Generators never overwrite files: choose another name, or move the file away.",
  });
}

export function templateUnusable({ file, reason }: { file: string; reason: string }): KitError {
  return new KitError({
    code: "CLI_TEMPLATE_UNUSABLE",
    message: `Can't use the template ${file}: ${reason}.`,
    hint: "Its default export must be a function: (text, { name, fields, path }) => text.",
  });
}

/** Errors in what the user typed: the exit code is 2 for these and 1 for all others. */
export const usageErrorCodes: ReadonlySet<string> = new Set([
  "CLI_COMMAND_UNKNOWN",
  "CLI_OPTION_UNKNOWN",
  "CLI_ARGUMENT_MISSING",
  "CLI_ARGUMENT_SURPLUS",
  "CLI_ARGUMENT_INVALID",
  "CLI_NAME_INVALID",
  "CLI_FIELD_INVALID",
  "CLI_USER_UNKNOWN",
]);

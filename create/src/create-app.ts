import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { askQuestions } from "./ask-questions.ts";
import { boardNeedsLogin } from "./errors.ts";
import { detectPackageManager, type Installation, installPackages } from "./install-packages.ts";
import { formatChoices, formatEnd, formatHelp, formatPlan } from "./messages.ts";
import { type Arguments, parseArguments } from "./parse-arguments.ts";
import { completeChoices } from "./part-choices.ts";
import { planFiles, readTemplate } from "./plan-files.ts";
import { startProgress, type Terminal } from "./progress.ts";
import { checkFolder, ProjectFolder } from "./project-folder.ts";
import { type ProjectLocation, parseLocation } from "./project-location.ts";

export interface CreateContext {
  readonly workingFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly out: Terminal;
  /** The file written by build-template.mjs. */
  readonly template: URL;
  /** Whether there is someone to answer questions. */
  readonly isInteractive: boolean;
  /** Called with a function that undoes everything done so far, or with undefined once the app is complete. */
  readonly onUndo: (undo: (() => Promise<void>) | undefined) => void;
}

/** Runs `create-buffkit` with its arguments. Throws a `CreateError` for problems the user can fix. */
export async function createApp(args: readonly string[], context: CreateContext): Promise<void> {
  const { out, workingFolder, isInteractive, environment } = context;
  const given = parseArguments(args, environment);
  if (given.help) return void out.write(formatHelp());
  if (given.version) return void out.write(`${ownVersion()}\n`);
  // Report an invalid name or a folder that isn't empty before asking anything.
  if (given.name !== undefined) checkFolder(parseLocation(given.name, workingFolder).folder);
  const answers = isInteractive && !given.yes ? await askQuestions(given, workingFolder) : given;
  const location = parseLocation(answers.name ?? "my-app", workingFolder);
  checkFolder(location.folder);
  const choices = completeChoices(answers.parts);
  if (!choices) throw boardNeedsLogin();
  const template = readTemplate(context.template);
  const files = planFiles(template, { choices, location, secret: randomBytes(32).toString("base64url") });
  if (given.dryRun) return void out.write(formatPlan(location, files));
  const folder = new ProjectFolder(location.folder);
  context.onUndo(async () => folder.remove());
  folder.write(files);
  out.write(`Created ${location.name} (${formatChoices(choices)}): ${files.length} files.\n`);
  await finish({ given, location, folder, context });
}

interface CreatedApp {
  readonly given: Arguments;
  readonly location: ProjectLocation;
  readonly folder: ProjectFolder;
  readonly context: CreateContext;
}

async function finish({ given, location, folder, context }: CreatedApp): Promise<void> {
  const { out, environment, workingFolder, onUndo } = context;
  const manager = detectPackageManager(environment);
  if (given.install) {
    const installation = installPackages(location.folder, manager);
    onUndo(() => undo(installation, folder));
    const progress = startProgress(`Installing packages with ${manager.name}`, out);
    // If the install fails, the app stays: it is complete, and the user can run the install again.
    await installation.done.catch((error: unknown) => {
      progress.clear();
      throw error;
    });
    progress.done();
  }
  onUndo(undefined);
  out.write(formatEnd(location, { workingFolder, isInstalled: given.install, manager: manager.name }));
}

async function undo(installation: Installation, folder: ProjectFolder): Promise<void> {
  await installation.stop();
  folder.remove();
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return String(version);
}

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { askQuestions } from "./ask-questions.ts";
import { boardNeedsLogin } from "./errors.ts";
import { type Installation, installPackages, packageManager } from "./install-packages.ts";
import { formatChoices, formatEnd, formatHelp, formatPlan } from "./messages.ts";
import { type Arguments, readArguments } from "./parse-arguments.ts";
import { completeChoices } from "./part-choices.ts";
import { planFiles, readTemplate } from "./plan-files.ts";
import { startProgress, type Terminal } from "./progress.ts";
import { checkFolder, ProjectFolder } from "./project-folder.ts";
import { type ProjectPlace, readPlace } from "./project-location.ts";

export interface Surroundings {
  readonly workingFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly out: Terminal;
  /** The file that build-template.mjs makes. */
  readonly template: URL;
  /** Whether a person is there to answer. */
  readonly isInteractive: boolean;
  /** Is told how to undo what was done so far; with undefined there is nothing to undo any more. */
  readonly onUndo: (undo: (() => Promise<void>) | undefined) => void;
}

/** Runs `create-buffkit` with its arguments. Throws a `Refusal` for what the person can put right. */
export async function createApp(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const { out, workingFolder, isInteractive, environment } = surroundings;
  const given = readArguments(args, environment);
  if (given.help) return void out.write(formatHelp());
  if (given.version) return void out.write(`${ownVersion()}\n`);
  // A bad name or a full folder is said before anything is asked.
  if (given.name !== undefined) checkFolder(readPlace(given.name, workingFolder).folder);
  const answers = isInteractive && !given.yes ? await askQuestions(given, workingFolder) : given;
  const place = readPlace(answers.name ?? "my-app", workingFolder);
  checkFolder(place.folder);
  const choices = completeChoices(answers.parts);
  if (!choices) throw boardNeedsLogin();
  const template = readTemplate(surroundings.template);
  const files = planFiles(template, { choices, place, secret: randomBytes(32).toString("base64url") });
  if (given.dryRun) return void out.write(formatPlan(place, files));
  const folder = new ProjectFolder(place.folder);
  surroundings.onUndo(async () => folder.remove());
  folder.write(files);
  out.write(`Made ${place.name} with ${formatChoices(choices)}: ${files.length} files.\n`);
  await finish({ given, place, folder, surroundings });
}

interface Made {
  readonly given: Arguments;
  readonly place: ProjectPlace;
  readonly folder: ProjectFolder;
  readonly surroundings: Surroundings;
}

async function finish({ given, place, folder, surroundings }: Made): Promise<void> {
  const { out, environment, workingFolder, onUndo } = surroundings;
  const manager = packageManager(environment);
  if (given.install) {
    const installation = installPackages(place.folder, manager);
    onUndo(() => undo(installation, folder));
    const progress = startProgress(`Installing packages with ${manager.name}`, out);
    // A failed install leaves the app: it is whole, and the person can try again in it.
    await installation.done.catch((error: unknown) => {
      progress.clear();
      throw error;
    });
    progress.done();
  }
  onUndo(undefined);
  out.write(formatEnd(place, { workingFolder, isInstalled: given.install, manager: manager.name }));
}

async function undo(installation: Installation, folder: ProjectFolder): Promise<void> {
  await installation.stop();
  folder.remove();
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return String(version);
}

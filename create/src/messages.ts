import { relative } from "node:path";
import { type Choices, partChoices } from "./part-choices.ts";
import type { PlannedFile } from "./plan-files.ts";
import type { ProjectPlace } from "./project-location.ts";

/** What `--help` prints. */
export function formatHelp(): string {
  const flags = partChoices.map(({ id, hint, isDefault }) => {
    const names = `--${id}, --no-${id}`;
    return `  ${names.padEnd(24)}${hint}${isDefault ? "" : " (off unless given)"}`;
  });
  return `Makes a new Buffkit app.

  npm create buffkit@latest [name] -- [options]

Parts (all but the Dockerfile are there unless you say otherwise):
${flags.join("\n")}

Options:
  -y, --yes               ask nothing: what was not said takes its default
  --no-install            do not install the packages
  --dry-run               show which files would be made, and make none
  -h, --help              this text
  -v, --version           the version

Examples:
  npm create buffkit@latest my-app
  npm create buffkit@latest my-app -- --yes --no-board --docker
  npm create buffkit@latest . -- --no-login --no-install
`;
}

/** What `--dry-run` prints. */
export function formatPlan(place: ProjectPlace, files: readonly PlannedFile[]): string {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const names = files.map(({ path }) => `  ${path}\n`).join("");
  return `${place.folder} would get ${files.length} files (${Math.ceil(bytes / 1024)} KB):\n${names}`;
}

/** The parts in words. */
export function formatChoices(choices: Choices): string {
  const names = partChoices.filter(({ id }) => choices[id]).map(({ label }) => label.toLowerCase());
  return names.length === 0 ? "no further parts" : names.join(", ");
}

export interface EndFacts {
  readonly workingFolder: string;
  readonly isInstalled: boolean;
  readonly manager: string;
}

/** The next commands: two of them, or three when the packages are not there yet. */
export function formatEnd(place: ProjectPlace, { workingFolder, isInstalled, manager }: EndFacts): string {
  const path = relative(workingFolder, place.folder);
  const commands = [
    ...(path === "" ? [] : [`cd ${path.startsWith("..") ? place.folder : path}`]),
    ...(isInstalled ? [] : [`${manager} install`]),
    `${manager} run dev`,
  ];
  return `\nNext:\n\n${commands.map((command) => `  ${command}\n`).join("")}\n`;
}

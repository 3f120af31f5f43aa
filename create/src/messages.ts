import { relative } from "node:path";
import { type Choices, partChoices } from "./part-choices.ts";
import type { PlannedFile } from "./plan-files.ts";
import type { ProjectLocation } from "./project-location.ts";

/** The output of `--help`. */
export function formatHelp(): string {
  const flags = partChoices.map(({ id, hint, isDefault }) => {
    const names = `--${id}, --no-${id}`;
    return `  ${names.padEnd(24)}${hint}${isDefault ? "" : " (default: off)"}`;
  });
  return `Create a new Buffkit app.

  npm create buffkit@latest [name] -- [options]

Parts (all but the Dockerfile and Gherkin are included by default):
${flags.join("\n")}

Options:
  -y, --yes               ask nothing, use defaults for everything not given
  --no-install            don't install packages
  --dry-run               list the files without creating them
  -h, --help              show this help
  -v, --version           show the version

Examples:
  npm create buffkit@latest my-app
  npm create buffkit@latest my-app -- --yes --no-board --docker
  npm create buffkit@latest . -- --no-login --no-install
`;
}

/** The output of `--dry-run`. */
export function formatPlan(location: ProjectLocation, files: readonly PlannedFile[]): string {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const names = files.map(({ path }) => `  ${path}\n`).join("");
  return `Would create ${files.length} files (${Math.ceil(bytes / 1024)} KB) in ${location.folder}:\n${names}`;
}

/** The chosen parts as a list. */
export function formatChoices(choices: Choices): string {
  const names = partChoices.filter(({ id }) => choices[id]).map(({ label }) => label.toLowerCase());
  return names.length === 0 ? "no optional parts" : names.join(", ");
}

export interface EndFacts {
  readonly workingFolder: string;
  readonly isInstalled: boolean;
  readonly manager: string;
}

/** The commands to run next. */
export function formatEnd(location: ProjectLocation, { workingFolder, isInstalled, manager }: EndFacts): string {
  const path = relative(workingFolder, location.folder);
  const commands = [
    ...(path === "" ? [] : [`cd ${path.startsWith("..") ? location.folder : path}`]),
    ...(isInstalled ? [] : [`${manager} install`]),
    `${manager} run dev`,
  ];
  return `\nNext steps:\n\n${commands.map((command) => `  ${command}\n`).join("")}\n`;
}

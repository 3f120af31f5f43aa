import { readFileSync } from "node:fs";
import type { Choices } from "./part-choices.ts";
import type { ProjectLocation } from "./project-location.ts";
import { matchesParts, resolveMarkers } from "./resolve-markers.ts";

interface TemplateFile {
  readonly path: string;
  readonly text: string;
  /** The parts that include it, such as `login & !board`. Default: always. */
  readonly when?: string;
}

/** The files of new apps, written by build-template.mjs. */
export interface Template {
  readonly files: readonly TemplateFile[];
}

export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}

export interface PlanOptions {
  readonly choices: Choices;
  readonly location: Pick<ProjectLocation, "name" | "title">;
  /** Signs cookies in development; random for each app. */
  readonly secret: string;
}

export function readTemplate(file: URL): Template {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The files of a new app and their contents. */
export function planFiles(template: Template, { choices, location, secret }: PlanOptions): readonly PlannedFile[] {
  const values: Record<string, string> = { name: location.name, title: location.title, secret };
  return template.files
    .filter(({ when }) => matchesParts(when, choices))
    .map(({ path, text }) => ({ path, text: fill(resolveMarkers(text, choices), values) }));
}

/** Fills in the values, and trims the empty lines that omitted parts leave at the end. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/<<(\w+)>>/g, (all, name: string) => values[name] ?? all).replace(/\n+$/, "\n");
}

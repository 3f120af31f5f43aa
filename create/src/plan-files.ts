import { readFileSync } from "node:fs";
import type { Choices } from "./part-choices.ts";
import type { ProjectPlace } from "./project-location.ts";
import { holds, resolveMarkers } from "./resolve-markers.ts";

interface TemplateFile {
  readonly path: string;
  readonly text: string;
  /** The parts with which it is there; always unless given. */
  readonly when?: string;
}

/** The files of new apps, made by build-template.mjs. */
export interface Template {
  readonly files: readonly TemplateFile[];
}

export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}

export interface PlanOptions {
  readonly choices: Choices;
  readonly place: Pick<ProjectPlace, "name" | "title">;
  /** Signs cookies in development; fresh for each app. */
  readonly secret: string;
}

export function readTemplate(file: URL): Template {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The files of one new app, with their texts. */
export function planFiles(template: Template, { choices, place, secret }: PlanOptions): readonly PlannedFile[] {
  const values: Record<string, string> = { name: place.name, title: place.title, secret };
  return template.files
    .filter(({ when }) => holds(when, choices))
    .map(({ path, text }) => ({ path, text: fill(resolveMarkers(text, choices), values) }));
}

/** Puts in the values; what was left out at the end leaves no empty lines behind. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/<<(\w+)>>/g, (all, name: string) => values[name] ?? all).replace(/\n+$/, "\n");
}

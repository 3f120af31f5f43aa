import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { templateUnusable } from "../errors.ts";
import type { Project } from "../project/project.ts";
import { loadTypeScript } from "../project/typescript-loader.ts";
import type { Field } from "./plan/fields.ts";
import type { PlannedFile } from "./plan/generator.ts";

/** What a template of the app's own is told besides the built-in text. */
export interface TemplateFacts {
  readonly name: string;
  readonly fields: readonly Field[];
  /** The path of the file, from the project's folder. */
  readonly path: string;
}

type Template = (text: string, facts: TemplateFacts) => unknown;

/**
 * Lets the app's own templates have the last word: for the template `resource/queries` the default export of
 * `generators/resource/queries.ts` (or .js, .mjs) gets the built-in text and answers another. Throws `CLI_TEMPLATE_UNUSABLE`.
 */
export async function applyOverrides(
  project: Project,
  files: readonly PlannedFile[],
  facts: Omit<TemplateFacts, "path">,
): Promise<readonly PlannedFile[]> {
  const result: PlannedFile[] = [];
  for (const file of files) {
    const own = overrideOf(project, file.template);
    if (own === undefined) {
      result.push(file);
      continue;
    }
    if (own.endsWith(".ts")) await loadTypeScript(project);
    const text = await (await readTemplate(own))(file.text, { ...facts, path: relative(project.folder, file.path) });
    if (typeof text !== "string") throw templateUnusable({ file: own, reason: "it answers no text" });
    result.push({ ...file, text });
  }
  return result;
}

function overrideOf(project: Project, template: string): string | undefined {
  const file = join(project.folder, "generators", template);
  return [".ts", ".mjs", ".js"].map((ending) => file + ending).find(existsSync);
}

async function readTemplate(file: string): Promise<Template> {
  const module: unknown = await import(pathToFileURL(file).href);
  const made = typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
  if (!isTemplate(made)) throw templateUnusable({ file, reason: "it has no function as its default export" });
  return made;
}

function isTemplate(value: unknown): value is Template {
  return typeof value === "function";
}

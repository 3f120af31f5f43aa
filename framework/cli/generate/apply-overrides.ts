import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { templateUnusable } from "../errors.ts";
import type { Project } from "../project/project.ts";
import { loadTypeScript } from "../project/typescript-loader.ts";
import type { Field } from "./plan/fields.ts";
import type { PlannedFile } from "./plan/generator.ts";

/** What an app's own template receives besides the built-in text. */
export interface TemplateFacts {
  readonly name: string;
  readonly fields: readonly Field[];
  /** The file's path, relative to the project's folder. */
  readonly path: string;
}

type Template = (text: string, facts: TemplateFacts) => unknown;

/**
 * Applies the app's own templates: for the template `resource/pages`, the default export of `generators/resource/pages.ts` (or .js,
 * .mjs) receives the built-in text and returns the one to write. Throws `CLI_TEMPLATE_UNUSABLE`.
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
    if (typeof text !== "string") throw templateUnusable({ file: own, reason: "it doesn't return a string" });
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
  const exported = typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
  if (!isTemplate(exported)) throw templateUnusable({ file, reason: "its default export isn't a function" });
  return exported;
}

function isTemplate(value: unknown): value is Template {
  return typeof value === "function";
}

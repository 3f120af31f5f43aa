import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fieldInvalid, fileExists } from "../errors.ts";
import type { Project } from "../project/project.ts";
import { addPart } from "./add-part.ts";
import { applyOverrides } from "./apply-overrides.ts";
import { formatFiles } from "./format-files.ts";
import { findGenerator } from "./generators.ts";
import { appModule } from "./plan/app-module.ts";
import { parseFields } from "./plan/fields.ts";
import type { Plan } from "./plan/generator.ts";

export interface GenerateRequest {
  readonly generator: string;
  readonly name: string;
  /** Words such as `title:string`. */
  readonly fields: readonly string[];
  readonly isDryRun: boolean;
}

export interface GeneratedFile {
  readonly path: string;
  readonly action: "create" | "update";
  readonly template?: string;
  /** What the file would contain, before it is formatted. Only in a dry run. */
  readonly text?: string;
}

export interface Generated {
  readonly files: readonly GeneratedFile[];
  readonly isDryRun: boolean;
  readonly nextSteps: readonly string[];
}

/**
 * Plans the files, applies the app's own templates, and writes all files, or none if one of them exists (`CLI_FILE_EXISTS`). Adds a new
 * part to the app's list of parts, if it can find it.
 */
export async function generate(project: Project, request: GenerateRequest): Promise<Generated> {
  const generator = findGenerator(request.generator);
  const [unexpected] = generator.takesFields ? [] : request.fields;
  if (unexpected !== undefined)
    throw fieldInvalid({ field: unexpected, reason: `the ${generator.name} generator takes no fields` });
  const fields = parseFields(request.fields);
  const plan = generator.plan({ project, name: request.name, fields });
  const files = await applyOverrides(project, plan.files, { name: request.name, fields });
  for (const { path } of files) {
    if (existsSync(path)) throw fileExists({ path: relative(project.folder, path) });
  }
  const registration = register(project, plan);
  if (!request.isDryRun) {
    for (const { path, text } of files) write(path, text, "wx");
    if (registration.text !== undefined) write(registration.path, registration.text, "w");
    await formatFiles(
      project,
      [...files, ...(registration.text === undefined ? [] : [registration])].map(({ path }) => path),
    );
  }
  const planned = (text: string) => (request.isDryRun ? { text } : {});
  return {
    isDryRun: request.isDryRun,
    files: [
      ...files.map(({ path, template, text }) => ({ path, template, action: "create" as const, ...planned(text) })),
      ...(registration.text === undefined
        ? []
        : [{ path: registration.path, action: "update" as const, ...planned(registration.text) }]),
    ],
    nextSteps: [...registration.nextSteps, ...plan.nextSteps],
  };
}

interface Registration {
  readonly path: string;
  /** The new source of the module with `createApp`; absent if the developer has to add the part. */
  readonly text?: string;
  readonly nextSteps: readonly string[];
}

function register(project: Project, { part }: Plan): Registration {
  const path = appModule(project);
  if (!part) return { path, nextSteps: [] };
  const from = `./${relative(dirname(path), part.path).replaceAll("\\", "/")}`;
  const text = existsSync(path) ? addPart(readFileSync(path, "utf8"), { name: part.name, from }) : null;
  if (text !== null) return { path, text, nextSteps: [] };
  const where = relative(project.folder, path);
  return {
    path,
    nextSteps: [`Add the part in ${where}: import { ${part.name} } from "${from}", and parts: [ …, ${part.name}]`],
  };
}

function write(path: string, text: string, flag: "w" | "wx"): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag });
}

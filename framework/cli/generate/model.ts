import { dirname, join } from "node:path";
import type { Project } from "../project.ts";
import type { Generator, PlannedFile } from "./generator.ts";
import { createTableCode, dropTableCode, migrationSource } from "./migration-code.ts";
import { migrationFile } from "./migration-file.ts";
import { changesSource } from "./model-changes.ts";
import { fieldsOrName, type Model } from "./model-facts.ts";
import { queriesSource } from "./model-queries.ts";
import { tablesSource } from "./model-tables.ts";
import { readThingName } from "./names.ts";

/** A table and what is asked of it: migration, types, queries, changes. */
export const modelGenerator: Generator = {
  name: "model",
  summary: "A table with its migration, types, queries and changes",
  takesFields: true,
  plan({ project, name, fields }) {
    const thing = readThingName(name);
    return { files: modelFiles(project, { thing, fields: fieldsOrName(fields) }), nextSteps: ["npx buffkit migrate"] };
  },
};

/** The folder of a subject, as the app's other parts have it. */
export function partFolder(project: Project, kebab: string): string {
  return join(dirname(project.main), "parts", kebab);
}

export function modelFiles(project: Project, model: Model): readonly PlannedFile[] {
  const { thing, fields } = model;
  const folder = partFolder(project, thing.plural.kebab);
  const table = thing.plural.snake;
  const source = migrationSource(createTableCode(table, fields), dropTableCode(table), true);
  return [
    { ...migrationFile(project, `create_${table}`, source), template: "model/migration" },
    { path: join(folder, "tables.ts"), template: "model/tables", text: tablesSource(model) },
    { path: join(folder, "queries.ts"), template: "model/queries", text: queriesSource(model) },
    { path: join(folder, "changes.ts"), template: "model/changes", text: changesSource(model) },
  ];
}

import { join } from "node:path";
import type { Project } from "../../project/project.ts";
import { createTableCode, dropTableCode, migrationSource } from "../migration/migration-code.ts";
import { migrationFile } from "../migration/migration-file.ts";
import type { Generator, PlannedFile } from "../plan/generator.ts";
import { parseModelName } from "../plan/names.ts";
import { partFolder } from "../plan/part-folder.ts";
import { changesSource } from "./changes-template.ts";
import { type Model, withDefaultFields } from "./model.ts";
import { queriesSource } from "./queries-template.ts";
import { tablesSource } from "./tables-template.ts";

/** A table with its migration, types, queries and changes. */
export const modelGenerator: Generator = {
  name: "model",
  summary: "A table with its migration, types, queries and changes",
  takesFields: true,
  plan({ project, name, fields }) {
    const thing = parseModelName(name);
    return {
      files: modelFiles(project, { thing, fields: withDefaultFields(fields) }),
      nextSteps: ["npx buffkit migrate"],
    };
  },
};

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

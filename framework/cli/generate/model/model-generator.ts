import { join } from "node:path";
import type { Project } from "../../project/project.ts";
import { createTableCode, dropTableCode, migrationSource } from "../migration/migration-code.ts";
import { migrationFile } from "../migration/migration-file.ts";
import type { Generator, PlannedFile } from "../plan/generator.ts";
import { parseModelName } from "../plan/names.ts";
import { partFolder } from "../plan/part-folder.ts";
import { type Model, withDefaultFields } from "./model.ts";
import { type ModelQueries, modelSource, plainQueries } from "./model-template.ts";

/** A table with its migration, types and queries. */
export const modelGenerator: Generator = {
  name: "model",
  summary: "A table with its migration, types and queries",
  takesFields: true,
  plan({ project, name, fields }) {
    const model = { thing: parseModelName(name), fields: withDefaultFields(fields) };
    return {
      files: modelFiles(project, model, plainQueries(model)),
      nextSteps: ["npx buffkit migrate"],
    };
  },
};

export function modelFiles(project: Project, model: Model, queries: ModelQueries): readonly PlannedFile[] {
  const { thing, fields } = model;
  const table = thing.plural.snake;
  const source = migrationSource(createTableCode(table, fields), dropTableCode(table), true);
  const path = join(partFolder(project, thing.plural.kebab), `${thing.plural.kebab}.ts`);
  return [
    { ...migrationFile(project, `create_${table}`, source), template: "model/migration" },
    { path, template: "model/model", text: modelSource(model, queries) },
  ];
}

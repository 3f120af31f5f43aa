import { join } from "node:path";
import { nameInvalid } from "../../errors.ts";
import { withDefaultFields } from "../model/model.ts";
import { modelFiles } from "../model/model-generator.ts";
import { appImport, isWithoutAccounts } from "../plan/app-module.ts";
import type { Generator, PlannedFile } from "../plan/generator.ts";
import { parseModelName } from "../plan/names.ts";
import { partFolder } from "../plan/part-folder.ts";
import { choicesSource } from "./choices-template.ts";
import { formatSource } from "./format-template.ts";
import { listQueries } from "./list-query-template.ts";
import { listSource } from "./list-template.ts";
import { pagesSource } from "./pages-template.ts";
import { partSource } from "./part-template.ts";
import { testSource } from "./part-test-template.ts";
import { type Reference, referencesOf } from "./reference.ts";
import type { ResourceModel } from "./resource-model.ts";

/** A model with a live list that can be searched, dialogs to create, edit and delete, and tests. */
export const resourceGenerator: Generator = {
  name: "resource",
  summary: "A model with a live list to search, and its form, mounted as a part, with tests",
  takesFields: true,
  plan({ project, name, fields }) {
    const thing = parseModelName(name);
    const { plural } = thing;
    if (takenPaths.has(plural.kebab)) throw nameInvalid({ name, reason: `the framework uses /${plural.kebab}` });
    const plain = { thing, fields: withDefaultFields(fields) };
    const model = { ...plain, references: referencesOf(project, plain), isPublic: isWithoutAccounts(project) };
    const folder = partFolder(project, plural.kebab);
    return {
      files: [
        ...modelFiles(project, model, listQueries(model)),
        ...partFiles(folder, model, appImport(project, folder)),
      ],
      part: { name: plural.camel, path: join(folder, "part.tsx") },
      nextSteps: [
        ...model.references.filter(({ label }) => label === null).map((reference) => unknownTable(model, reference)),
        "npx buffkit migrate",
        `Open /${plural.kebab}, and link to it from layout.tsx`,
      ],
    };
  },
};

const takenPaths = new Set(["events", "assets", "metrics", "login", "register", "logout", "account"]);

function unknownTable({ thing }: ResourceModel, { table, field }: Reference): string {
  const file = `${thing.plural.kebab}.ts`;
  return `Create the table ${table}, add it to \`interface Tables\`, and join it in ${file}: the list shows ${field.column} as it is`;
}

function partFiles(folder: string, model: ResourceModel, app: string): readonly PlannedFile[] {
  const file = (name: string, template: string, text: string): PlannedFile => ({
    path: join(folder, name),
    template: `resource/${template}`,
    text,
  });
  const format = formatSource(model);
  const choices = choicesSource(model);
  return [
    ...(format === null ? [] : [file("format.ts", "format", format)]),
    ...(choices === null ? [] : [file("choices.ts", "choices", choices)]),
    file(`${model.thing.kebab}-list.tsx`, "list", listSource(model)),
    file("pages.tsx", "pages", pagesSource(model)),
    file("part.tsx", "part", partSource(model)),
    file("part.test.ts", "test", testSource(model, app)),
  ];
}

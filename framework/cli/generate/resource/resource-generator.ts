import { join } from "node:path";
import { nameInvalid } from "../../errors.ts";
import { type Model, withDefaultFields } from "../model/model.ts";
import { modelFiles } from "../model/model-generator.ts";
import { appImport, isWithoutAccounts } from "../plan/app-module.ts";
import type { Generator, PlannedFile } from "../plan/generator.ts";
import { parseModelName } from "../plan/names.ts";
import { partFolder } from "../plan/part-folder.ts";
import { choicesSource } from "./choices-template.ts";
import { formatSource } from "./format-template.ts";
import { pagesSource } from "./pages-template.ts";
import { partSource } from "./part-template.ts";
import { type TestFacts, testSource } from "./part-test-template.ts";

/** A model with a list that is live, dialogs to create, edit and delete, and tests. */
export const resourceGenerator: Generator = {
  name: "resource",
  summary: "A model with a live list and its form, mounted as a part, with tests",
  takesFields: true,
  plan({ project, name, fields }) {
    const thing = parseModelName(name);
    const { plural } = thing;
    if (takenPaths.has(plural.kebab)) throw nameInvalid({ name, reason: `the framework uses /${plural.kebab}` });
    const model = { thing, fields: withDefaultFields(fields) };
    const folder = partFolder(project, plural.kebab);
    const facts = { app: appImport(project, folder), isPublic: isWithoutAccounts(project) };
    return {
      files: [...modelFiles(project, model), ...partFiles(folder, model, facts)],
      part: { name: plural.camel, path: join(folder, "part.tsx") },
      nextSteps: ["npx buffkit migrate", `Open /${plural.kebab}, and link to it from layout.tsx`],
    };
  },
};

const takenPaths = new Set(["events", "assets", "metrics", "login", "register", "logout", "account"]);

function partFiles(folder: string, model: Model, facts: TestFacts): readonly PlannedFile[] {
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
    file("pages.tsx", "pages", pagesSource(model)),
    file("part.tsx", "part", partSource(model, facts.isPublic)),
    file("part.test.ts", "test", testSource(model, facts)),
  ];
}

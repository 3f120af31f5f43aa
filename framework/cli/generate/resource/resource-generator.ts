import { join, relative } from "node:path";
import { nameInvalid } from "../../errors.ts";
import { type Model, withDefaultFields } from "../model/model.ts";
import { modelFiles } from "../model/model-generator.ts";
import type { Generator, PlannedFile } from "../plan/generator.ts";
import { parseModelName } from "../plan/names.ts";
import { partFolder } from "../plan/part-folder.ts";
import { choicesSource } from "./choices-template.ts";
import { formsSource } from "./forms-template.ts";
import { formPageSource, listSource, pageSource } from "./pages-template.ts";
import { partSource, publishSource } from "./part-template.ts";
import { testSource } from "./part-test-template.ts";
import { formatSource, pathsSource } from "./paths-template.ts";
import { routesSource } from "./routes-template.ts";

/** A model with pages (list, detail, form) that update live, and with tests. */
export const resourceGenerator: Generator = {
  name: "resource",
  summary: "A model with its pages, forms and live updates, mounted as a part, with tests",
  takesFields: true,
  plan({ project, name, fields }) {
    const thing = parseModelName(name);
    const { plural } = thing;
    if (takenPaths.has(plural.kebab)) throw nameInvalid({ name, reason: `the framework uses /${plural.kebab}` });
    const model = { thing, fields: withDefaultFields(fields) };
    const folder = partFolder(project, plural.kebab);
    return {
      files: [...modelFiles(project, model), ...pageFiles(folder, model, rootFrom(folder, project.root))],
      part: { name: plural.camel, path: join(folder, "part.ts") },
      nextSteps: ["npx buffkit migrate"],
    };
  },
};

const takenPaths = new Set(["events", "assets", "metrics", "login", "register", "logout", "account"]);

function pageFiles(folder: string, model: Model, root: string): readonly PlannedFile[] {
  const { kebab } = model.thing;
  const file = (name: string, template: string, text: string): PlannedFile => ({
    path: join(folder, name),
    template: `resource/${template}`,
    text,
  });
  const format = formatSource(model);
  const choices = choicesSource(model);
  return [
    file("paths.ts", "paths", pathsSource(model)),
    file("forms.ts", "forms", formsSource(model)),
    ...(format === null ? [] : [file("format.ts", "format", format)]),
    ...(choices === null ? [] : [file("choices.ts", "choices", choices)]),
    file(`${kebab}-list.tsx`, "list", listSource(model)),
    file(`${kebab}-page.tsx`, "page", pageSource(model)),
    file(`${kebab}-form.tsx`, "form", formPageSource(model)),
    file("publish.tsx", "publish", publishSource(model)),
    file("routes.tsx", "routes", routesSource(model)),
    file("part.ts", "part", partSource(model)),
    file("part.test.ts", "test", testSource(model, root)),
  ];
}

function rootFrom(folder: string, root: string): string {
  return `${relative(folder, root).replaceAll("\\", "/")}/`;
}

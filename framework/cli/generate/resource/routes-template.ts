import type { Model } from "../model/model.ts";
import { referenceFields } from "./choices-template.ts";
import { titleCode } from "./pages-template.ts";

/** `routes.tsx`: the routes and their handlers. */
export function routesSource(model: Model): string {
  const { thing, fields } = model;
  const { camel, pascal, kebab, plural, words } = thing;
  const hasChoices = referenceFields(model).length > 0;
  const props = hasChoices ? `Omit<${pascal}FormProps, "choices">` : `${pascal}FormProps`;
  const choices = hasChoices ? " choices={await listChoices(c.var.kit.db)}" : "";
  return `import { type Kit, readForm, setFlash } from "buffkit";
import type { Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { create${pascal}, delete${pascal}, update${pascal} } from "./changes.ts";
${hasChoices ? `import { listChoices } from "./choices.ts";\n` : ""}import { ${camel}Form } from "./forms.ts";
import { ${camel}Path, ${camel}Topic, ${plural.camel}Path, ${plural.camel}Topic } from "./paths.ts";
import { ${pascal}Form, type ${pascal}FormProps } from "./${kebab}-form.tsx";
import { ${pascal}ListPage } from "./${kebab}-list.tsx";
import { ${pascal}Page } from "./${kebab}-page.tsx";
import { publish${pascal} } from "./publish.tsx";
import { type ${pascal}, find${pascal}, list${plural.pascal} } from "./queries.ts";

/** The pages and forms of ${plural.words}. */
export function mount${plural.pascal}(app: Hono, kit: Kit): void {
  app.get("/${plural.kebab}", (c) => list(c, kit));
  app.get("/${plural.kebab}/new", (c) => renderForm(c, {}));
  app.post("/${plural.kebab}", (c) => create(c, kit));
  app.get("/${plural.kebab}/:id", (c) => show(c, kit));
  app.get("/${plural.kebab}/:id/edit", async (c) => renderForm(c, { ${camel}: await ${camel}Of(c, kit) }));
  app.post("/${plural.kebab}/:id/edit", (c) => save(c, kit));
  app.post("/${plural.kebab}/:id/delete", (c) => remove(c, kit));
}

async function list(c: Context, kit: Kit): Promise<Response> {
  const page = <${pascal}ListPage ${plural.camel}={await list${plural.pascal}(kit.db)} />;
  return c.render(page, { title: "${plural.title}", topics: [${plural.camel}Topic] });
}

async function show(c: Context, kit: Kit): Promise<Response> {
  const ${camel} = await ${camel}Of(c, kit);
  const title = ${titleCode(fields, camel)};
  return c.render(<${pascal}Page ${camel}={${camel}} />, { title, topics: [${camel}Topic(${camel}.id)] });
}

async function create(c: Context, kit: Kit): Promise<Response> {
  const form = await readForm(c, ${camel}Form);
  if (!form.ok) return renderForm(c, { problems: form.problems, old: form.old });
  const saved = await create${pascal}(kit.db, form.data, kit.clock.now());
  if (!saved.ok) return renderForm(c, { problems: saved.problems, old: await typed(c) });
  await publish${pascal}(kit, saved.id);
  setFlash(c, "success", "Saved.");
  return c.redirect(${camel}Path(saved.id), 303);
}

async function save(c: Context, kit: Kit): Promise<Response> {
  const ${camel} = await ${camel}Of(c, kit);
  const form = await readForm(c, ${camel}Form);
  if (!form.ok) return renderForm(c, { ${camel}, problems: form.problems, old: form.old });
  const saved = await update${pascal}(kit.db, { id: ${camel}.id, ...form.data }, kit.clock.now());
  if (!saved.ok) return renderForm(c, { ${camel}, problems: saved.problems, old: await typed(c) });
  await publish${pascal}(kit, ${camel}.id);
  setFlash(c, "success", "Saved.");
  return c.redirect(${camel}Path(${camel}.id), 303);
}

async function remove(c: Context, kit: Kit): Promise<Response> {
  const { id } = await ${camel}Of(c, kit);
  await delete${pascal}(kit.db, id);
  await publish${pascal}(kit, id);
  setFlash(c, "success", "Deleted.");
  return c.redirect(${plural.camel}Path, 303);
}

/** Renders the form, with status 422 if there are problems. */
async function renderForm(c: Context, props: ${props}): Promise<Response> {
  const title = props.${camel} ? "Edit ${words}" : "New ${words}";
  return c.render(<${pascal}Form {...props}${choices} />, { title, status: props.problems ? 422 : 200 });
}

/** What was typed, to fill in the form again after the database rejected it. */
async function typed(c: Context): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(await c.req.parseBody()).filter(([name]) => name !== "_csrf");
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** The ${words} in the path; throws 404 if it doesn't exist. */
async function ${camel}Of(c: Context, kit: Kit): Promise<${pascal}> {
  const ${camel} = await find${pascal}(kit.db, c.req.param("id") ?? "");
  if (!${camel}) throw new HTTPException(404);
  return ${camel};
}
`;
}

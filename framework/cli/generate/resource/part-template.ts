import type { Field } from "../plan/fields.ts";
import type { ResourceModel } from "./resource-model.ts";

/** `part.tsx`: the routes. Handlers write, and the live list follows. */
export function partSource(model: ResourceModel): string {
  const { thing, references, isPublic } = model;
  const { camel, pascal, plural, words } = thing;
  const path = `/${plural.kebab}`;
  const guard = isPublic ? "" : "RequireLogin, ";
  const guardLine = isPublic ? "" : "      RequireLogin,\n";
  const hasChoices = references.length > 0;
  const choices = (chosen: string) => (hasChoices ? ` choices={await listChoices(db${chosen})}` : "");
  const again = hasChoices ? ", (_c, old) => listChoices(db, old)" : "";
  const refusals = refusalCodes(model);
  const end = refusals.length > 0 ? "" : `\n          return done({ flash: "Saved.", to: "${path}" });`;
  const write = (query: string) => (refusals.length > 0 ? `return await save(${query});` : `await ${query};${end}`);
  return `${importsCode(model)}
/** The ${plural.words}: ${isPublic ? "everybody" : "everyone who is logged in"} sees and changes all of them. */
export const ${plural.camel}: Part = {
  name: "${plural.kebab}",
  live: [${pascal}List],
  mount(app, { db, clock }) {
    app.get("${path}", ${guard}(c) => c.render(<${plural.pascal}Page {...${camel}Search.parse(c.req.query())} />, { title: "${plural.title}" }));

    app.get("${path}/new", ${guard}${hasChoices ? "async " : ""}(c) => c.render(<${pascal}Dialog${choices("")} />, { title: "New ${words}" }));

    app.get("${path}/:id/edit", ${guard}async (c) => {
      const ${camel} = orNotFound(await find${pascal}(db, c.req.param("id")));
      return c.render(<${pascal}Dialog ${camel}={${camel}}${choices(`, ${camel}`)} />, { title: "Edit ${words}" });
    });

    app.post(
      "${path}",
${guardLine}      ${camel}Form.handle(async ({ data }) => {
          const now = clock.now();
          const ${camel} = { id: createId(), ...data, created_at: now, changed_at: now };
          ${write(`db.insertInto("${plural.snake}").values(${camel}).execute()`)}
        }${again},
      ),
    );

    app.post(
      "${path}/:id",
${guardLine}      ${camel}Form.handle(async ({ data, c }) => {
          const { id } = orNotFound(await find${pascal}(db, c.req.param("id")));
          ${write(`db.updateTable("${plural.snake}").set({ ...data, changed_at: clock.now() }).where("id", "=", id).execute()`)}
        }${again},
      ),
    );

    app.post(
      "${path}/:id/delete",
${guardLine}      deleteForm.handle(async ({ c }) => {
          await db.deleteFrom("${plural.snake}").where("id", "=", c.req.param("id")).execute();
          return done({ flash: "Deleted.", to: "${path}" });
        }),
    );
  },
};
${refusals.length > 0 ? saveCode(path, refusals) : ""}`;
}

function importsCode(model: ResourceModel): string {
  const { thing, references, isPublic } = model;
  const { camel, pascal, kebab, plural } = thing;
  const isRefused = refusalCodes(model).length > 0;
  const values = [
    ["createId", true],
    ["done", true],
    ["type FormAnswer", isRefused],
    ["isForeignKeyViolation", references.length > 0],
    ["isUniqueViolation", uniqueFields(model).length > 0],
    ["orNotFound", true],
    ["type Part", true],
    ["RequireLogin", !isPublic],
  ] as const;
  const names = values.filter(([, isUsed]) => isUsed).map(([name]) => name);
  return `import { ${names.join(", ")} } from "buffkit";
${references.length > 0 ? `import { listChoices } from "./choices.ts";\n` : ""}import { deleteForm, ${pascal}Dialog, ${camel}Form, ${plural.pascal}Page } from "./pages.tsx";
import { ${pascal}List } from "./${kebab}-list.tsx";
import { find${pascal}, ${camel}Search } from "./${plural.kebab}.ts";
`;
}

function uniqueFields({ fields }: ResourceModel): readonly Field[] {
  return fields.filter(({ isUnique }) => isUnique);
}

/** What only the database knows becomes a problem of the form. */
function saveCode(path: string, refusals: readonly string[]): string {
  return `
/** Waits until it's saved. What only the database knows comes back as a problem of the form. */
async function save(change: Promise<unknown>): Promise<FormAnswer> {
  try {
    await change;
    return done({ flash: "Saved.", to: "${path}" });
  } catch (error) {
${refusals.join("\n")}
    throw error;
  }
}
`;
}

function refusalCodes(model: ResourceModel): readonly string[] {
  const form = `${model.thing.camel}Form`;
  const references = model.references.map(({ field }) => field);
  return [
    ...refusal("isUniqueViolation", { form, fields: uniqueFields(model), text: (names) => `This ${names} is taken.` }),
    ...refusal("isForeignKeyViolation", { form, fields: references, text: (names) => `There is no such ${names}.` }),
  ];
}

interface Refusal {
  readonly form: string;
  readonly fields: readonly Field[];
  readonly text: (names: string) => string;
}

function refusal(test: string, { form, fields, text }: Refusal): readonly string[] {
  const [first, second] = fields;
  if (!first) return [];
  const names = fields.map(({ name }) => name.words).join(" or ");
  // Each database reports the column differently, so with several candidates the problem goes to the whole form.
  return [`if (${test}(error)) return ${form}.refuse({ ${second ? "_form" : first.column}: "${text(names)}" });`];
}

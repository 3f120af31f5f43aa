import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";
import { referenceFields } from "./choices-template.ts";

/** `part.tsx`: the topic, the routes, and the change that every open page gets. With `isPublic`, nobody has to log in. */
export function partSource(model: Model, isPublic: boolean): string {
  const { thing } = model;
  const { camel, pascal, plural, words } = thing;
  const path = `/${plural.kebab}`;
  const guard = isPublic ? "" : "RequireLogin, ";
  const guardLine = isPublic ? "" : "      RequireLogin,\n";
  const hasChoices = referenceFields(model).length > 0;
  const choices = hasChoices ? " choices={await listChoices(db)}" : "";
  const again = hasChoices ? ", () => listChoices(db)" : "";
  return `${importsCode(model, isPublic)}
const topics = { ${topicKey(plural.kebab)}: ${isPublic ? "everybody" : "RequireLogin"} } satisfies PartTopics;

declare module "buffkit" {
  interface Topics extends TopicsOf<typeof topics> {}
}

/** The ${plural.words}: ${isPublic ? "everybody" : "everyone who is logged in"} sees and changes all of them. */
export const ${plural.camel}: Part = {
  name: "${plural.kebab}",
  topics,
  mount(app, kit) {
    const { db, clock } = kit;

    app.get("${path}", ${guard}async (c) =>
      c.render(<${plural.pascal}Page ${plural.camel}={await list${plural.pascal}(db)} />, {
        title: "${plural.title}",
        topics: ["${plural.kebab}"],
      }),
    );

    app.get("${path}/new", ${guard}${hasChoices ? "async " : ""}(c) => c.render(<${pascal}Dialog${choices} />, { title: "New ${words}" }));

    app.get("${path}/:id/edit", ${guard}async (c) => {
      const ${camel} = orNotFound(await find${pascal}(db, c.req.param("id")));
      return c.render(<${pascal}Dialog ${camel}={${camel}}${choices} />, { title: "Edit ${words}" });
    });

    app.post(
      "${path}",
${guardLine}      ${camel}Form.handle(({ data }) =>
        change(kit, async (trx) => {
          const times = { created_at: clock.now(), changed_at: clock.now() };
          await trx.insertInto("${plural.snake}").values({ id: createId(), ...data, ...times }).execute();
          return "Saved.";
        })${again},
      ),
    );

    app.post(
      "${path}/:id",
${guardLine}      ${camel}Form.handle(({ data, c }) =>
        change(kit, async (trx) => {
          const id = c.req.param("id");
          await trx.updateTable("${plural.snake}").set({ ...data, changed_at: clock.now() }).where("id", "=", id).execute();
          orNotFound(await find${pascal}(trx, id));
          return "Saved.";
        })${again},
      ),
    );

    app.post(
      "${path}/:id/delete",
${guardLine}      deleteForm.handle(({ c }) =>
        change(kit, async (trx) => {
          await trx.deleteFrom("${plural.snake}").where("id", "=", c.req.param("id")).execute();
          return "Deleted.";
        }),
      ),
    );
  },
};
${changeCode(model)}`;
}

function topicKey(topic: string): string {
  return topic.includes("-") ? `"${topic}"` : topic;
}

function importsCode(model: Model, isPublic: boolean): string {
  const { thing } = model;
  const { camel, pascal, plural } = thing;
  const { unique, references } = constraintsOf(model);
  const values = [
    ["createId", true],
    ["done", true],
    ["everybody", isPublic],
    ["type FormAnswer", true],
    ["isForeignKeyViolation", references.length > 0],
    ["isUniqueViolation", unique.length > 0],
    ["type Kit", true],
    ["type Kysely", true],
    ["orNotFound", true],
    ["type Part", true],
    ["Partial", true],
    ["type PartTopics", true],
    ["RequireLogin", !isPublic],
    ["type Tables", true],
    ["type TopicsOf", true],
  ] as const;
  const names = values.filter(([, isUsed]) => isUsed).map(([name]) => name);
  return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "buffkit";
${references.length > 0 ? `import { listChoices } from "./choices.ts";\n` : ""}import { deleteForm, ${pascal}Dialog, ${camel}Form, ${pascal}List, ${plural.pascal}Page } from "./pages.tsx";
import { find${pascal}, list${plural.pascal} } from "./${plural.kebab}.ts";
`;
}

function constraintsOf(model: Model) {
  return { unique: model.fields.filter(({ isUnique }) => isUnique), references: referenceFields(model) };
}

/** The transaction around each change. Constraints that the database knows become problems of the form. */
function changeCode(model: Model): string {
  const { camel, pascal, plural } = model.thing;
  const { unique, references } = constraintsOf(model);
  const refusals = [
    ...refusal("isUniqueViolation", {
      form: `${camel}Form`,
      fields: unique,
      text: (names) => `This ${names} is taken.`,
    }),
    ...refusal("isForeignKeyViolation", {
      form: `${camel}Form`,
      fields: references,
      text: (names) => `There is no such ${names}.`,
    }),
  ];
  const transaction = `const flash = await kit.db.transaction().execute(async (trx) => {
    const said = await run(trx);
    await kit.broker.broadcastHTML(
      <Partial target="#${plural.kebab}">
        <${pascal}List ${plural.camel}={await list${plural.pascal}(trx)} />
      </Partial>,
      { to: "${plural.kebab}" },
    );
    return said;
  });
  return done({ flash, to: "/${plural.kebab}" });`;
  const body =
    refusals.length === 0
      ? transaction
      : `try {\n${transaction}\n} catch (error) {\n${refusals.join("\n")}\nthrow error;\n}`;
  return `
/** Makes a change, and updates every open page once it's committed. \`run\` returns the message for the visitor. */
async function change(kit: Kit, run: (trx: Kysely<Tables>) => Promise<string>): Promise<FormAnswer> {
  ${body}
}
`;
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

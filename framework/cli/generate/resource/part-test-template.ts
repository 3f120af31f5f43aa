import { sampleCode, sampleText } from "../model/field-code.ts";
import type { Field } from "../plan/fields.ts";
import { isSearchable } from "./list-template.ts";
import { type ResourceModel, searchedFields } from "./resource-model.ts";

/** The import in generated tests; this module itself doesn't use it. */
const testHelpers = "buffkit/testing";

/** `part.test.ts`: tries the pages. If a field needs a row that can't be made up, only its refusal can be tested. */
export function testSource(model: ResourceModel, app: string): string {
  const { thing, fields } = model;
  const { plural } = thing;
  const parents = parentsOf(model);
  const isPossible = parents.every(({ sample }) => sample !== null);
  const hasParents = isPossible && parents.length > 0;
  const required = fields.find(({ type, isNullable }) => !isNullable && type !== "boolean" && type !== "references");
  const createsIds = hasParents && parents.some(({ sample }) => sample !== "user");
  return `${createsIds ? 'import { createId } from "buffkit";\n' : ""}import { createTestKit${hasParents ? ", type TestKit" : ""} } from "${testHelpers}";
import { describe, expect, it } from "vitest";
import { createApp } from "${app}";
import { list${plural.pascal} } from "./${plural.kebab}.ts";

const filled = {
${fields
  .filter(isTyped)
  .map((field) => `  ${field.column}: ${sampleCode(field, 1)},`)
  .join("\n")}
};

describe("the ${plural.words}", () => {
${[
  ...(model.isPublic ? [] : [guardTest(model)]),
  ...(isPossible ? [liveTest(model), ...searchTest(model)] : []),
  ...(required && isPossible ? [missingTest(model, required)] : []),
  ...(parents.length > 0 ? [strangerTest(model)] : []),
].join("\n")}});
${hasParents ? parentsCode(model) : ""}`;
}

/** What has to exist before one can be saved. */
function parentsOf({ references }: ResourceModel) {
  return references.filter(({ field }) => !field.isNullable);
}

function parentsCode(model: ResourceModel): string {
  const parents = parentsOf(model);
  const lines = parents.map(({ field: { column }, table, sample }) =>
    sample === "user"
      ? `  const { id: ${column} } = await test.createUser({ name: "Cleo" });`
      : `  const ${column} = createId();
  await test.kit.db.insertInto("${table}").values({ id: ${column}, ${sample} }).execute();`,
  );
  return `
/** What a ${model.thing.words} refers to. */
async function createParents(test: TestKit) {
${lines.join("\n")}
  return { ${parents.map(({ field }) => field.column).join(", ")} };
}
`;
}

function isTyped(field: Field): boolean {
  return !(field.type === "references" && field.isNullable);
}

/** The start of a test: the app, who uses it, and what they enter. */
function setup(model: ResourceModel, ...names: readonly string[]): string {
  const people = names.map((name) => {
    const created = model.isPublic
      ? "test.createClient()"
      : `test.client.as(await test.createUser({ name: "${name}" }))`;
    return `    const ${name.toLowerCase()} = ${created};\n`;
  });
  const input = parentsOf(model).length > 0 ? "    const input = { ...filled, ...(await createParents(test)) };\n" : "";
  return `    await using test = await createTestKit(createApp);\n${people.join("")}${input}`;
}

function inputOf(model: ResourceModel): string {
  return parentsOf(model).length > 0 ? "input" : "filled";
}

function guardTest({ thing }: ResourceModel): string {
  const { plural } = thing;
  return `  it("are closed to visitors who aren't logged in", async () => {
    await using test = await createTestKit(createApp);

    const page = await test.client.get("/${plural.kebab}");

    expect(page.path).toBe("/login?next=%2F${plural.kebab}");
    await test.client.post("/${plural.kebab}", filled);
    expect((await list${plural.pascal}(test.kit.db)).${plural.camel}).toEqual([]);
  });
`;
}

function liveTest(model: ResourceModel): string {
  const { thing, fields } = model;
  const { camel, kebab, plural } = thing;
  const changed = searchedFields(fields)[0] ?? fields.find(({ type }) => type !== "boolean" && type !== "references");
  const edit = changed
    ? `
    await ann.submit(\`\${path}/edit\`, { ${changed.column}: ${sampleCode(changed, 2)} }, { action: path });
    expect((await page.next()).data).toContain("${sampleText(changed, 2)}");
`
    : "";
  return `  it("change in every open page when one is created, edited or deleted", async () => {
${setup(model, "Ann", "Bob")}    await bob.get("/${plural.kebab}");
    const page = await bob.listen();

    await ann.submit("/${plural.kebab}/new", ${inputOf(model)});
    expect((await page.next()).data).toContain('<tr id="${kebab}-');
    const [${camel}] = (await list${plural.pascal}(test.kit.db)).${plural.camel};
    const path = \`/${plural.kebab}/\${${camel}?.id}\`;
${edit}
    await ann.submit(\`\${path}/edit\`, {}, { action: \`\${path}/delete\` });
    expect((await page.next()).data).toContain("No ${plural.words} yet.");
  });
`;
}

/** Two that differ, of which a page shows one. */
function searchTest(model: ResourceModel): readonly string[] {
  const { thing, fields } = model;
  const { plural } = thing;
  const [searched] = searchedFields(fields);
  if (!searched || !isSearchable(model)) return [];
  const others = fields.filter((field) => field === searched || (field.isUnique && isTyped(field)));
  const [first, second] = [sampleText(searched, 1), sampleText(searched, 2)];
  return [
    `  it("are shown only by pages that search for them", async () => {
${setup(model, "Ann", "Bob")}    const path = \`/${plural.kebab}?\${new URLSearchParams({ q: "${second.toUpperCase()}" })}\`;
    await bob.get(path);
    const page = await bob.listen();

    await ann.submit("/${plural.kebab}/new", ${inputOf(model)});
    await ann.submit("/${plural.kebab}/new", { ...${inputOf(model)}, ${others.map((field) => `${field.column}: ${sampleCode(field, 2)}`).join(", ")} });
    await test.kit.live.settled();

    const { data } = await page.next();
    expect(data).toContain("${second}");
    expect(data).not.toContain("${first}");
    expect((await bob.get(path)).text).not.toContain("${first}");
  });
`,
  ];
}

function missingTest(model: ResourceModel, required: Field): string {
  const { plural } = model.thing;
  return `  it("are refused without a ${required.name.words}, next to its field", async () => {
${setup(model, "Ann")}
    const page = await ann.submit("/${plural.kebab}/new", { ...${inputOf(model)}, ${required.column}: "" });

    expect(page.text).toContain('aria-invalid="true"');
    expect((await list${plural.pascal}(test.kit.db)).${plural.camel}).toEqual([]);
  });
`;
}

function strangerTest(model: ResourceModel): string {
  const { plural } = model.thing;
  const ann = model.isPublic ? "test.createClient()" : 'test.client.as(await test.createUser({ name: "Ann" }))';
  return `  it("are refused if they refer to something that doesn't exist", async () => {
    await using test = await createTestKit(createApp);
    const ann = ${ann};

    const page = await ann.post("/${plural.kebab}", filled, { status: 422 });

    expect(page.text).toContain("There is no such");
    expect((await list${plural.pascal}(test.kit.db)).${plural.camel}).toEqual([]);
  });
`;
}

import { sampleCode, sampleText } from "../model/field-code.ts";
import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";

/** Where the tests find the app. */
export interface TestFacts {
  /** The module with `createApp`, as the test imports it. */
  readonly app: string;
  readonly isPublic: boolean;
}

/** The import in generated tests; this module itself doesn't use it. */
const testHelpers = "buffkit/testing";

/** `part.test.ts`: tries the pages. If a field needs a row of another table, only its refusal can be tested. */
export function testSource(model: Model, facts: TestFacts): string {
  const { thing, fields } = model;
  const { plural } = thing;
  const hasNoParents = !fields.some(({ type, isNullable }) => type === "references" && !isNullable);
  const required = fields.find(({ type, isNullable }) => !isNullable && type !== "boolean" && type !== "references");
  return `import { createTestKit } from "${testHelpers}";
import { describe, expect, it } from "vitest";
import { createApp } from "${facts.app}";
import { list${plural.pascal} } from "./${plural.kebab}.ts";

const filled = {
${fields
  .filter(isTyped)
  .map((field) => `  ${field.column}: ${sampleCode(field, 1)},`)
  .join("\n")}
};

describe("the ${plural.words}", () => {
${[
  ...(facts.isPublic ? [] : [guardTest(model)]),
  ...(hasNoParents ? [liveTest(model, facts)] : [strangerTest(model, facts)]),
  ...(required && hasNoParents ? [missingTest(model, { ...facts, required })] : []),
].join("\n")}});
`;
}

function isTyped(field: Field): boolean {
  return !(field.type === "references" && field.isNullable);
}

function person(isPublic: boolean, name: string): string {
  return isPublic ? "test.createClient()" : `test.client.as(await test.createUser({ name: "${name}" }))`;
}

function guardTest({ thing }: Model): string {
  const { plural } = thing;
  return `  it("are closed to visitors who aren't logged in", async () => {
    await using test = await createTestKit(createApp);

    const page = await test.client.get("/${plural.kebab}");

    expect(page.path).toBe("/login?next=%2F${plural.kebab}");
    await test.client.post("/${plural.kebab}", filled);
    expect(await list${plural.pascal}(test.kit.db)).toHaveLength(0);
  });
`;
}

function liveTest({ thing, fields }: Model, { isPublic }: TestFacts): string {
  const { camel, kebab, plural } = thing;
  const changed =
    fields.find(({ type }) => type === "string" || type === "email" || type === "text") ?? fields.find(isTyped);
  const change = changed ? `{ ${changed.column}: ${sampleCode(changed, 2)} }` : "{}";
  const shown = changed && changed.type !== "boolean" ? sampleText(changed, 2) : kebab;
  return `  it("change in every open page when one is created, edited or deleted", async () => {
    await using test = await createTestKit(createApp);
    const ann = ${person(isPublic, "Ann")};
    const page = await ${person(isPublic, "Bob")}.listen(["${plural.kebab}"]);

    await ann.submit("/${plural.kebab}/new", filled);
    expect((await page.next()).data).toContain("<td>");
    const [${camel}] = await list${plural.pascal}(test.kit.db);
    const path = \`/${plural.kebab}/\${${camel}?.id}\`;

    await ann.submit(\`\${path}/edit\`, ${change}, { action: path });
    expect((await page.next()).data).toContain("${shown}");

    await ann.submit(\`\${path}/edit\`, {}, { action: \`\${path}/delete\` });
    expect((await page.next()).data).toContain("No ${plural.words} yet.");
  });
`;
}

function missingTest({ thing }: Model, { isPublic, required }: TestFacts & { readonly required: Field }): string {
  const { plural } = thing;
  return `  it("are refused without a ${required.name.words}, next to its field", async () => {
    await using test = await createTestKit(createApp);
    const ann = ${person(isPublic, "Ann")};

    const page = await ann.submit("/${plural.kebab}/new", { ...filled, ${required.column}: "" });

    expect(page.text).toContain('aria-invalid="true"');
    expect(await list${plural.pascal}(test.kit.db)).toHaveLength(0);
  });
`;
}

function strangerTest({ thing }: Model, { isPublic }: TestFacts): string {
  const { plural } = thing;
  return `  it("are refused if they refer to something that doesn't exist", async () => {
    await using test = await createTestKit(createApp);
    const ann = ${person(isPublic, "Ann")};

    const page = await ann.post("/${plural.kebab}", filled, { status: 422 });

    expect(page.text).toContain("There is no such");
    expect(await list${plural.pascal}(test.kit.db)).toHaveLength(0);
  });
`;
}

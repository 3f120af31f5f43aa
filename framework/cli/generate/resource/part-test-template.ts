import { sampleValue } from "../model/field-code.ts";
import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";

/** The import in generated tests; this module itself doesn't use it. */
const testHelpers = "buffkit/testing";

/** `part.test.ts`: requests to the pages. If a field needs a row of another table, only its rejection can be tested. */
export function testSource({ thing, fields }: Model, root: string): string {
  const { plural, words } = thing;
  const hasNoParents = !fields.some(({ type, isNullable }) => type === "references" && !isNullable);
  const required = fields.find(({ type, isNullable }) => !isNullable && type !== "boolean");
  return `import { fileURLToPath } from "node:url";
import { type Kit, wire } from "buffkit";
import { createUser, logInAs } from "${testHelpers}";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ${plural.camel} } from "./part.ts";
${hasNoParents ? `import { list${plural.pascal} } from "./queries.ts";\n` : ""}
let app: Hono;
let kit: Kit;
let cookie: string;

beforeEach(async () => {
  app = new Hono();
  kit = await wire(app, {
    dev: true,
    logLevel: "silent",
    authSecret: "a-secret-for-tests-of-the-${plural.kebab}-0123456789",
    databaseUrl: "sqlite::memory:",
    root: fileURLToPath(new URL("${root}", import.meta.url)),
    parts: [${plural.camel}],
  });
  cookie = await logInAs(kit, await createUser(kit, { name: "Ann" }));
});

afterEach(() => kit.close());

const filled = {
${fields
  .filter(isTyped)
  .map((field) => `  ${field.property}: "${sampleValue(field, 1)}",`)
  .join("\n")}
};

function get(path: string, headers: Record<string, string> = { cookie }): Promise<Response> {
  return Promise.resolve(app.request(\`\${kit.appUrl}\${path}\`, { headers }));
}

function post(path: string, fields: Record<string, string>): Promise<Response> {
  const headers = { cookie, "Sec-Fetch-Site": "same-origin" };
  const body = new URLSearchParams(fields);
  return Promise.resolve(app.request(\`\${kit.appUrl}\${path}\`, { method: "POST", body, headers }));
}

describe("the ${plural.words}", () => {
  it("redirect visitors who aren't logged in", async () => {
    const response = await get("/${plural.kebab}", {});

    expect(response.status).toBe(303);
    expect(response.headers.get("Location")).toContain("/login");
  });

  it("answer 404 for one that doesn't exist", async () => {
    expect((await get("/${plural.kebab}/gone")).status).toBe(404);
  });

  it("update live on the pages of those who may see them", async () => {
    const page = await (await get("/${plural.kebab}")).text();
    const stream = /hx-sse:connect="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";

    const [mine, strangers] = [await get(stream), await get(stream, {})];

    expect([mine.status, mine.headers.get("Content-Type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    expect(strangers.status).toBe(403);
  });

  it("show the form to create one", async () => {
    expect(await (await get("/${plural.kebab}/new")).text()).toContain("New ${words}");
  });
${required ? missingTest(plural.kebab, required) : ""}});
${hasNoParents ? lifecycleTests({ thing, fields }) : rejectionTest({ thing, fields })}`;
}

function isTyped(field: Field): boolean {
  return !(field.type === "references" && field.isNullable);
}

function missingTest(path: string, field: Field): string {
  return `
  it("show the form again if a field is missing", async () => {
    const response = await post("/${path}", { ...filled, ${field.property}: "" });

    expect(response.status).toBe(422);
    expect(await response.text()).toContain('aria-invalid="true"');
  });
`;
}

function lifecycleTests({ thing, fields }: Model): string {
  const { camel, plural, words } = thing;
  const changed =
    fields.find(({ type }) => type === "string" || type === "email" || type === "text") ?? fields.find(isTyped);
  const property = changed?.property ?? "id";
  const value = changed ? sampleValue(changed, 2) : "";
  return `
describe("a ${words}", () => {
  it("is shown after it was created", async () => {
    const response = await post("/${plural.kebab}", filled);

    expect(response.status).toBe(303);
    const page = await get(response.headers.get("Location") ?? "");
    expect(page.status).toBe(200);
    expect(await list${plural.pascal}(kit.db)).toHaveLength(1);
  });

  it("changes when its form is submitted", async () => {
    await post("/${plural.kebab}", filled);
    const [${camel}] = await list${plural.pascal}(kit.db);

    const response = await post(\`/${plural.kebab}/\${${camel}?.id}/edit\`, { ...filled, ${property}: "${value}" });

    expect(response.status).toBe(303);
    expect(await (await get(\`/${plural.kebab}/\${${camel}?.id}/edit\`)).text()).toContain("${value}");
  });

  it("is gone after it was deleted", async () => {
    await post("/${plural.kebab}", filled);
    const [${camel}] = await list${plural.pascal}(kit.db);

    await post(\`/${plural.kebab}/\${${camel}?.id}/delete\`, {});

    expect(await list${plural.pascal}(kit.db)).toHaveLength(0);
  });
});
`;
}

function rejectionTest({ thing }: Model): string {
  return `
describe("a ${thing.words}", () => {
  it("is refused if it refers to something that doesn't exist", async () => {
    const response = await post("/${thing.plural.kebab}", filled);

    expect(response.status).toBe(422);
    expect(await response.text()).toContain("There is no such");
  });
});
`;
}

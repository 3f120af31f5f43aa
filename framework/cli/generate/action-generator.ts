import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { appImport } from "./plan/app-module.ts";
import type { Generator, PlannedFile } from "./plan/generator.ts";
import { type Names, parseIdentifier } from "./plan/names.ts";
import { partFolder } from "./plan/part-folder.ts";

/** `posts/archive` adds the page /posts/archive to the part `posts`; a single name creates a part with one page. */
export const actionGenerator: Generator = {
  name: "action",
  summary: "A page with its handler, in a part: posts/archive is served at /posts/archive",
  takesFields: false,
  plan({ project, name }) {
    const [subject = "", page] = name.split("/");
    const part = parseIdentifier(subject);
    const action = parseIdentifier(page ?? subject);
    const folder = partFolder(project, part.kebab);
    const path = page === undefined ? `/${part.kebab}` : `/${part.kebab}/${action.kebab}`;
    const facts = { part, action, path, app: appImport(project, folder) };
    const file = (name: string, template: string, text: string): PlannedFile => ({
      path: join(folder, name),
      template: `action/${template}`,
      text,
    });
    const partFile = ["part.tsx", "part.ts"].map((name) => join(folder, name)).find(existsSync);
    if (partFile === undefined) {
      return {
        files: [
          file("part.tsx", "part", partSource(facts)),
          file(`${action.kebab}.test.ts`, "test", testSource(facts, true)),
        ],
        part: { name: part.camel, path: join(folder, "part.tsx") },
        nextSteps: [],
      };
    }
    const mounted = `mount${action.pascal}(app) in ${part.kebab}/${basename(partFile)}`;
    return {
      files: [
        file(`${action.kebab}.tsx`, "action", actionSource(facts)),
        file(`${action.kebab}.test.ts`, "test", testSource(facts, false)),
      ],
      nextSteps: [`Call ${mounted}, above routes such as /${part.kebab}/:id`],
    };
  },
};

interface ActionFacts {
  readonly part: Names;
  readonly action: Names;
  readonly path: string;
  /** The module with `createApp`, as the files import it. */
  readonly app: string;
}

function actionSource({ action, path }: ActionFacts): string {
  return `import type { Hono } from "hono";

/** Serves ${path}. */
export function mount${action.pascal}(app: Hono): void {
  app.get("${path}", (c) => c.render(<${action.pascal}Page />, { title: "${action.title}" }));
}

${pageCode(action)}`;
}

function partSource({ part, action, path }: ActionFacts): string {
  return `import type { Part } from "buffkit";

/** ${part.title}: public. To require a login: \`app.get("${path}", RequireLogin, …)\`. */
export const ${part.camel}: Part = {
  name: "${part.kebab}",
  mount(app) {
    app.get("${path}", (c) => c.render(<${action.pascal}Page />, { title: "${action.title}" }));
  },
};

${pageCode(action)}`;
}

function pageCode(action: Names): string {
  return `function ${action.pascal}Page() {
  return (
    <section>
      <h1>${action.title}</h1>
    </section>
  );
}
`;
}

/** The page of a part that exists isn't mounted yet. */
function testSource({ action, path, app }: ActionFacts, isMounted: boolean): string {
  return `import { createTestKit } from "buffkit/testing";
import { describe, expect, it } from "vitest";
import { createApp } from "${app}";
${isMounted ? "" : `import { mount${action.pascal} } from "./${action.kebab}.tsx";\n`}
describe("${path}", () => {
  it("answers with its page", async () => {
    await using test = await createTestKit(createApp);
${isMounted ? "" : `    mount${action.pascal}(test.app);\n`}
    const page = await test.client.get("${path}");

    expect(page.text).toContain("<h1>${action.title}</h1>");
  });
});
`;
}

import { existsSync } from "node:fs";
import { join } from "node:path";
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
    const facts = { part, action, path: page === undefined ? `/${part.kebab}` : `/${part.kebab}/${action.kebab}` };
    const folder = partFolder(project, part.kebab);
    const partFile = join(folder, "part.ts");
    const file = (name: string, template: string, text: string): PlannedFile => ({
      path: join(folder, name),
      template: `action/${template}`,
      text,
    });
    const files = [
      file(`${action.kebab}.tsx`, "action", actionSource(facts)),
      file(`${action.kebab}.test.ts`, "test", testSource(facts)),
    ];
    if (!existsSync(partFile)) {
      return {
        files: [...files, file("part.ts", "part", partSource(facts))],
        part: { name: part.camel, path: partFile },
        nextSteps: [],
      };
    }
    return {
      files,
      nextSteps: [`Call mount${action.pascal}(app) in ${part.kebab}/part.ts, above routes such as /${part.kebab}/:id`],
    };
  },
};

interface ActionFacts {
  readonly part: Names;
  readonly action: Names;
  readonly path: string;
}

function actionSource({ action, path }: ActionFacts): string {
  return `import type { Hono } from "hono";

/** Serves ${path}. */
export function mount${action.pascal}(app: Hono): void {
  app.get("${path}", (c) => c.render(<${action.pascal}Page />, { title: "${action.title}" }));
}

function ${action.pascal}Page() {
  return (
    <section>
      <h1>${action.title}</h1>
    </section>
  );
}
`;
}

function partSource({ part, action }: ActionFacts): string {
  return `import type { Part } from "buffkit";
import { mount${action.pascal} } from "./${action.kebab}.tsx";

/** ${part.title}: public. To require a log-in, call \`app.use("/${part.kebab}/*", RequireLogin)\` first. */
export const ${part.camel}: Part = {
  name: "${part.kebab}",
  mount(app) {
    mount${action.pascal}(app);
  },
};
`;
}

function testSource({ action, path }: ActionFacts): string {
  return `import { type Kit, wire } from "buffkit";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mount${action.pascal} } from "./${action.kebab}.tsx";

let app: Hono;
let kit: Kit;

beforeEach(async () => {
  app = new Hono();
  const authSecret = "a-secret-for-tests-0123456789-abcdefghij";
  kit = await wire(app, { dev: true, logLevel: "silent", authSecret, databaseUrl: "sqlite::memory:" });
  mount${action.pascal}(app);
});

afterEach(() => kit.close());

describe("${path}", () => {
  it("answers with its page", async () => {
    const response = await app.request(\`\${kit.appUrl}${path}\`);

    expect(response.status).toBe(200);
    expect(await response.text()).toContain("<h1>${action.title}</h1>");
  });
});
`;
}

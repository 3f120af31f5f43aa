import { dirname, join } from "node:path";
import { appImport } from "./plan/app-module.ts";
import type { Field } from "./plan/fields.ts";
import type { Generator } from "./plan/generator.ts";
import { type Names, parseIdentifier } from "./plan/names.ts";

/** A background job as a part: defines the job, and exports a typed function to enqueue it. */
export const jobGenerator: Generator = {
  name: "job",
  summary: "A background job with a typed payload and its test",
  takesFields: true,
  plan({ project, name, fields }) {
    const job = parseIdentifier(name);
    const folder = join(dirname(project.main), "jobs");
    const path = join(folder, `${job.kebab}.ts`);
    return {
      files: [
        { path, template: "job/job", text: jobSource(job, fields) },
        {
          path: join(folder, `${job.kebab}.test.ts`),
          template: "job/test",
          text: testSource(job, { fields, app: appImport(project, folder) }),
        },
      ],
      part: { name: job.camel, path },
      nextSteps: [`Enqueue it: await enqueue${job.pascal}(kit, ${payloadSample(fields)})`],
    };
  },
};

function jobSource({ camel, pascal, kebab, words }: Names, fields: readonly Field[]): string {
  return `import type { Kit, Part } from "buffkit";
import { z } from "zod";

const payload = z.object({${fields.map((field) => `\n  ${field.property}: ${payloadSchema(field)},`).join("")}${fields.length > 0 ? "\n" : ""}});

export type ${pascal}Payload = z.infer<typeof payload>;

/** The job "${words}". It may run more than once, so it has to be idempotent. */
export const ${camel}: Part = {
  name: "${kebab}",
  mount(_app, kit) {
    kit.jobs.define("${kebab}", {
      schema: payload,
      async handler(given, { log, signal }) {
        signal.throwIfAborted();
        log.info({ payload: given }, "${words}");
      },
    });
  },
};

/** Enqueues the job; resolves to its id. */
export function enqueue${pascal}(kit: Kit, given: ${pascal}Payload): Promise<string> {
  return kit.jobs.enqueue("${kebab}", given);
}
`;
}

interface TestFacts {
  readonly fields: readonly Field[];
  /** The module with `createApp`, as the test imports it. */
  readonly app: string;
}

function testSource({ camel, pascal, kebab }: Names, { fields, app }: TestFacts): string {
  return `import { createTestKit } from "buffkit/testing";
import { describe, expect, it } from "vitest";
import { createApp } from "${app}";
import { enqueue${pascal} } from "./${kebab}.ts";

describe("${camel}", () => {
  it("runs after it was enqueued", async () => {
    await using test = await createTestKit(createApp);
    const done = new Promise((resolve) => {
      test.kit.jobs.onChange((change) => {
        if (change.name === "${kebab}" && change.kind === "done") resolve(change.id);
      });
    });

    const id = await enqueue${pascal}(test.kit, ${payloadSample(fields)});

    expect(await done).toBe(id);
  });
});
`;
}

/** Payloads are stored as JSON, where times are numbers. */
function payloadSchema({ type, isNullable }: Field): string {
  const schemas: Readonly<Record<Field["type"], string>> = {
    string: "z.string()",
    text: "z.string()",
    integer: "z.int()",
    number: "z.number()",
    boolean: "z.boolean()",
    date: "z.int()",
    datetime: "z.int()",
    email: "z.email({ pattern: z.regexes.unicodeEmail })",
    url: "z.url()",
    references: "z.string()",
  };
  return isNullable ? `${schemas[type]}.nullable()` : schemas[type];
}

function payloadSample(fields: readonly Field[]): string {
  if (fields.length === 0) return "{}";
  return `{ ${fields.map((field) => `${field.property}: ${sampleCode(field)}`).join(", ")} }`;
}

function sampleCode({ type, isNullable }: Field): string {
  if (isNullable) return "null";
  if (type === "boolean") return "true";
  if (["integer", "number", "date", "datetime"].includes(type)) return "1";
  if (type === "email") return '"ann@example.test"';
  return type === "url" ? '"https://example.test"' : '"one"';
}

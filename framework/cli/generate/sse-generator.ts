import { join } from "node:path";
import { appImport } from "./plan/app-module.ts";
import type { Generator } from "./plan/generator.ts";
import { type Names, parseIdentifier } from "./plan/names.ts";
import { partFolder } from "./plan/part-folder.ts";

/** A part: a page with its own event stream, written by hand. For what is in the database, `live` is better: `generate resource`. */
export const sseGenerator: Generator = {
  name: "sse",
  summary:
    "A page with its own event stream, for what isn't in the database, such as the output of a program; with its test",
  takesFields: false,
  plan({ project, name }) {
    const stream = parseIdentifier(name);
    const folder = partFolder(project, stream.kebab);
    return {
      files: [
        { path: join(folder, "part.tsx"), template: "sse/part", text: partSource(stream) },
        {
          path: join(folder, "part.test.ts"),
          template: "sse/test",
          text: testSource(stream, appImport(project, folder)),
        },
      ],
      part: { name: stream.camel, path: join(folder, "part.tsx") },
      nextSteps: [`Open /${stream.kebab}, or: curl -N http://localhost:3000/${stream.kebab}/stream`],
    };
  },
};

function partSource({ camel, pascal, kebab, title }: Names): string {
  return `import { setTimeout as pause } from "node:timers/promises";
import { LiveStream, Partial, type Part, renderHtml, type SSEWriter, startSSE } from "buffkit";

const everyMs = 1000;

/**
 * ${title}: a page, and its own stream, for what is made for one page at a time, such as the output of a program. What is in the database is
 * better shown by a live region, \`live({ … })\`, which needs no code like this. Public; add guards to change that.
 */
export const ${camel}: Part = {
  name: "${kebab}",
  mount(app, kit) {
    app.get("/${kebab}", (c) => c.render(<${pascal}Page count={0} />, { title: "${title}" }));
    app.get("/${kebab}/stream", (c) => startSSE(c, { log: kit.log }).run(write));
  },
};

/** Writes until the page is closed, which aborts the signal and ends the pause. */
async function write(writer: SSEWriter): Promise<void> {
  for (let count = 1; writer.isActive; count++) {
    const fragment = (
      <Partial target="#${kebab}">
        <${pascal} count={count} />
      </Partial>
    );
    writer.sendEvent({ data: await renderHtml(fragment) });
    // The pause rejects only when the stream ends.
    await pause(everyMs, undefined, { signal: writer.signal }).catch(() => undefined);
  }
}

function ${pascal}Page({ count }: { readonly count: number }) {
  return (
    <section>
      <h1>${title}</h1>
      <${pascal} count={count} />
      <LiveStream id="${kebab}-stream" path="/${kebab}/stream" />
    </section>
  );
}

function ${pascal}({ count }: { readonly count: number }) {
  return <output id="${kebab}">{count}</output>;
}
`;
}

function testSource({ camel, kebab }: Names, app: string): string {
  return `import { createTestKit } from "buffkit/testing";
import { describe, expect, it } from "vitest";
import { createApp } from "${app}";

describe("the stream of ${camel}", () => {
  it("sends a fragment immediately", async () => {
    await using test = await createTestKit(createApp);

    const response = await test.client.request("/${kebab}/stream");

    expect(response.headers.get("Content-Type")).toContain("text/event-stream");
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    expect(new TextDecoder().decode(first?.value)).toContain('hx-target="#${kebab}"');
  });

  it("is opened by its page", async () => {
    await using test = await createTestKit(createApp);

    const page = await test.client.get("/${kebab}");

    expect(page.text).toContain('hx-sse:connect="/${kebab}/stream"');
  });
});
`;
}

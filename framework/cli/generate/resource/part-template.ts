import type { Model } from "../model/model.ts";

/** `part.ts`: who may come in, and who may listen. */
export function partSource({ thing }: Model): string {
  const { pascal, plural, words } = thing;
  return `import { type Part, RequireLogin } from "buffkit";
import type { Context } from "hono";
import { ${plural.camel}Path, ${plural.camel}Topic } from "./paths.ts";
import { mount${plural.pascal} } from "./routes.tsx";

/** The ${plural.words}: everybody who is logged in sees and changes all of them. */
export const ${plural.camel}: Part = {
  name: "${plural.kebab}",
  mount(app, kit) {
    app.use(\`\${${plural.camel}Path}/*\`, RequireLogin);
    mount${plural.pascal}(app, kit);
  },
};

/** Who may listen to a ${words}: the same people who may open it. */
export function authorize${pascal}Topic(c: Context, topic: string): boolean {
  return Boolean(c.var.user) && (topic === ${plural.camel}Topic || /^${thing.kebab}:[\\w-]{1,36}$/.test(topic));
}
`;
}

/** `publish.tsx`: a change goes to every open page. */
export function publishSource({ thing }: Model): string {
  const { camel, pascal, kebab, plural } = thing;
  return `import { type Kit, Partial } from "buffkit";
import { ${plural.camel}Path, ${plural.camel}Topic, ${camel}Topic } from "./paths.ts";
import { ${pascal}List } from "./${kebab}-list.tsx";
import { ${pascal}Facts } from "./${kebab}-page.tsx";
import { find${pascal}, list${plural.pascal} } from "./queries.ts";

/** Shows a new, changed or deleted ${thing.words} in every open page that lists or shows it. */
export async function publish${pascal}(kit: Kit, id: string): Promise<void> {
  const [${camel}, ${plural.camel}] = await Promise.all([find${pascal}(kit.db, id), list${plural.pascal}(kit.db)]);
  await kit.broker.broadcastHTML(
    <Partial target="#${kebab}-list">
      <${pascal}List ${plural.camel}={${plural.camel}} />
    </Partial>,
    { to: ${plural.camel}Topic },
  );
  await kit.broker.broadcastHTML(
    <Partial target="#${kebab}">{${camel} ? <${pascal}Facts ${camel}={${camel}} /> : <Gone />}</Partial>,
    { to: ${camel}Topic(id) },
  );
}

function Gone() {
  return (
    <section id="${kebab}">
      <p class="empty">
        Somebody has deleted it. <a href={${plural.camel}Path}>All ${plural.words}</a>
      </p>
    </section>
  );
}
`;
}

import type { Model } from "../model/model.ts";

/** `part.ts`: mounts the routes, and says who may see and listen. */
export function partSource({ thing }: Model): string {
  const { pascal, plural } = thing;
  return `import { type Part, RequireLogin } from "buffkit";
import type { Context } from "hono";
import { ${plural.camel}Path, ${plural.camel}Topic } from "./paths.ts";
import { mount${plural.pascal} } from "./routes.tsx";

/** The ${plural.words}: everyone who is logged in can see and change all of them. */
export const ${plural.camel}: Part = {
  name: "${plural.kebab}",
  mount(app, kit) {
    app.use(\`\${${plural.camel}Path}/*\`, RequireLogin);
    mount${plural.pascal}(app, kit);
  },
};

/** Who may listen to live updates: everyone who may open the pages. */
export function authorize${pascal}Topic(c: Context, topic: string): boolean {
  return Boolean(c.var.user) && (topic === ${plural.camel}Topic || /^${thing.kebab}:[\\w-]{1,36}$/.test(topic));
}
`;
}

/** `publish.tsx`: sends a change to every open page. */
export function publishSource({ thing }: Model): string {
  const { camel, pascal, kebab, plural } = thing;
  return `import { type Kit, Partial } from "buffkit";
import { ${plural.camel}Path, ${plural.camel}Topic, ${camel}Topic } from "./paths.ts";
import { ${pascal}List } from "./${kebab}-list.tsx";
import { ${pascal}Facts } from "./${kebab}-page.tsx";
import { find${pascal}, list${plural.pascal} } from "./queries.ts";

/** Updates every open page that lists or shows the new, changed or deleted ${thing.words}. */
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
        This was deleted. <a href={${plural.camel}Path}>All ${plural.words}</a>
      </p>
    </section>
  );
}
`;
}

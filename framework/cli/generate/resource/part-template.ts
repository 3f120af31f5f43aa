import type { Model } from "../model/model.ts";

/** `part.ts`: mounts the routes, and says who may see and listen. */
export function partSource({ thing }: Model): string {
  const { plural } = thing;
  return `import { type Part, RequireLogin } from "buffkit";
import { ${plural.camel}Path, ${plural.camel}Topic } from "./paths.ts";
import { mount${plural.pascal} } from "./routes.tsx";

/** The ${plural.words}: everyone who is logged in can see and change all of them, and listen to updates. */
export const ${plural.camel}: Part = {
  name: "${plural.kebab}",
  topics: { [${plural.camel}Topic]: RequireLogin, "${thing.kebab}:*": RequireLogin },
  mount(app, kit) {
    app.use(\`\${${plural.camel}Path}/*\`, RequireLogin);
    mount${plural.pascal}(app, kit);
  },
};
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

import { join } from "node:path";
import type { Generator } from "./plan/generator.ts";
import { type Names, parseIdentifier } from "./plan/names.ts";

/** A component for JSX and for `<bk-…>` tags, with its stylesheet. */
export const componentGenerator: Generator = {
  name: "component",
  summary: "A component for JSX and <bk-…> tags, with its stylesheet and test",
  takesFields: false,
  plan({ project, name }) {
    const component = parseIdentifier(name);
    const { kebab, pascal } = component;
    const folder = join(project.root, "components");
    return {
      files: [
        { path: join(folder, `${kebab}.tsx`), template: "component/component", text: componentSource(component) },
        { path: join(folder, `${kebab}.test.tsx`), template: "component/test", text: testSource(component) },
        { path: join(project.root, "public", `${kebab}.css`), template: "component/css", text: cssSource(component) },
      ],
      nextSteps: [
        `Add "${kebab}.css" to the stylesheets of layout.tsx`,
        `For the tag <bk-${kebab}>: kit.components.register("${kebab}", render${pascal}Tag)`,
      ],
    };
  },
};

function componentSource({ pascal, kebab, words }: Names): string {
  return `import type { ComponentRenderer, ElementAttributes, Html, Strict } from "buffkit";

/** Attributes of the element, and of htmx, are passed on. */
export interface ${pascal}Props extends ElementAttributes<"div"> {
  readonly children?: Html;
}

/** A ${words}. */
export function ${pascal}<Props extends ${pascal}Props>(props: Strict<Props, ${pascal}Props>) {
  const { children, ...rest }: ${pascal}Props = props;
  return render(children, rest);
}

/** \`<bk-${kebab}>\`: passes all attributes on. */
export const render${pascal}Tag: ComponentRenderer = ({ attributes, children }) => render(children, attributes);

function render(children: Html, attributes: Readonly<Record<string, unknown>>) {
  const { class: extra, ...rest } = attributes;
  return (
    <div {...rest} class={typeof extra === "string" ? \`${kebab} \${extra}\` : "${kebab}"}>
      {children}
    </div>
  );
}
`;
}

function testSource({ pascal, kebab }: Names): string {
  return `import { renderHtml } from "buffkit";
import { describe, expect, it } from "vitest";
import { ${pascal} } from "./${kebab}.tsx";

describe("${pascal}", () => {
  it("escapes its content", async () => {
    const html = await renderHtml(<${pascal}>One &amp; only</${pascal}>);

    expect(html).toBe('<div class="${kebab}">One &amp; only</div>');
  });

  it("passes attributes on", async () => {
    const html = await renderHtml(<${pascal} id="first" class="wide" />);

    expect(html).toBe('<div id="first" class="${kebab} wide"></div>');
  });
});
`;
}

function cssSource({ kebab }: Names): string {
  return `.${kebab} {
  display: block;
}
`;
}

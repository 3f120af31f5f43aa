import { displayCode, inputAttributes } from "../model/field-code.ts";
import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";
import { referenceFields } from "./choices-template.ts";
import { formatImport } from "./paths-template.ts";

/** `post-list.tsx`: the list page, and the list alone for live updates. */
export function listSource({ thing, fields }: Model): string {
  const { camel, pascal, kebab, plural } = thing;
  return `import { ${camel}Path, ${plural.camel}Path } from "./paths.ts";
import type { ${pascal} } from "./queries.ts";

export interface ${pascal}ListProps {
  readonly ${plural.camel}: readonly ${pascal}[];
}

/** The page that lists all ${plural.words}. */
export function ${pascal}ListPage({ ${plural.camel} }: ${pascal}ListProps) {
  return (
    <section>
      <header class="page-head">
        <h1>${plural.title}</h1>
        <a class="button" href={\`\${${plural.camel}Path}/new\`}>
          New ${thing.words}
        </a>
      </header>
      <${pascal}List ${plural.camel}={${plural.camel}} />
    </section>
  );
}

/** The list alone, as sent by live updates. */
export function ${pascal}List({ ${plural.camel} }: ${pascal}ListProps) {
  return (
    <div id="${kebab}-list">
      {${plural.camel}.length === 0 ? <p class="empty">No ${plural.words} yet.</p> : null}
      <ul>
        {${plural.camel}.map((${camel}) => (
          <li id={\`${kebab}-\${${camel}.id}\`}>
            <a href={${camel}Path(${camel}.id)}>{${titleCode(fields, camel)}}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
`;
}

/** The expression for a record's title: its first text field, or its id. */
export function titleCode(fields: readonly Field[], model: string): string {
  const field = fields.find(({ type }) => type === "string" || type === "email" || type === "text");
  if (!field) return `${model}.id`;
  return field.isNullable ? `${model}.${field.property} ?? ${model}.id` : `${model}.${field.property}`;
}

/** `post-page.tsx`: one record. Live updates send only the facts, so nobody receives another person's form token. */
export function pageSource(model: Model): string {
  const { thing, fields } = model;
  const { camel, pascal, kebab, plural, words } = thing;
  const usesUrl = fields.some(({ type }) => type === "url");
  const rows = fields.map(
    (field) => `        <dt>${field.name.title}</dt>\n        <dd>{${displayCode(field, camel)}}</dd>`,
  );
  return `import { Form${usesUrl ? ", safeUrl" : ""} } from "buffkit";
${formatImport(model)}import { ${camel}Path, ${plural.camel}Path } from "./paths.ts";
import type { ${pascal} } from "./queries.ts";

export interface ${pascal}Props {
  readonly ${camel}: ${pascal};
}

/** The page of one ${words}. */
export function ${pascal}Page({ ${camel} }: ${pascal}Props) {
  const path = ${camel}Path(${camel}.id);
  return (
    <>
      <a class="back" href={${plural.camel}Path}>
        All ${plural.words}
      </a>
      <${pascal}Facts ${camel}={${camel}} />
      <Form id="delete-${kebab}" action={\`\${path}/delete\`}>
        <div class="actions">
          <a class="button" href={\`\${path}/edit\`}>
            Edit
          </a>
          <button type="submit" class="danger">
            Delete
          </button>
        </div>
      </Form>
    </>
  );
}

/** Its fields alone, as sent by live updates. */
export function ${pascal}Facts({ ${camel} }: ${pascal}Props) {
  return (
    <section id="${kebab}">
      <h1>{${titleCode(fields, camel)}}</h1>
      <dl>
${rows.join("\n")}
      </dl>
    </section>
  );
}
`;
}

/** `post-form.tsx`: the form to create and edit. */
export function formPageSource(model: Model): string {
  const { thing, fields } = model;
  const { camel, pascal, kebab, plural, words } = thing;
  const inputs = fields.map((field) => `        <Field name="${field.property}" ${inputAttributes(field, camel)} />`);
  const hasChoices = referenceFields(model).length > 0;
  const nothing = hasChoices ? `\nconst nothing = { value: "", label: "–" };\n` : "";
  return `import { Field, Form, type OldInput, type Problems } from "buffkit";
${hasChoices ? `import type { Choices } from "./choices.ts";\n` : ""}${formatImport(model)}import { ${camel}Path, ${plural.camel}Path } from "./paths.ts";
import type { ${pascal} } from "./queries.ts";

export interface ${pascal}FormProps {
  /** Absent when creating. */
  readonly ${camel}?: ${pascal};
  readonly problems?: Problems;
  /** What was typed, when the form is shown again. */
  readonly old?: OldInput;${hasChoices ? "\n  /** The options of the selects. */\n  readonly choices: Choices;" : ""}
}
${nothing}
/** The form to create or edit a ${words}. */
export function ${pascal}Form({ ${camel}, problems, old${hasChoices ? ", choices" : ""} }: ${pascal}FormProps) {
  const action = ${camel} ? \`\${${camel}Path(${camel}.id)}/edit\` : ${plural.camel}Path;
  return (
    <section>
      <h1>{${camel} ? "Edit ${words}" : "New ${words}"}</h1>
      <Form id="${kebab}-form" action={action} problems={problems} old={old}>
${inputs.join("\n")}
        <div class="actions">
          <button type="submit">Save</button>
          <a class="button secondary" href={${camel} ? ${camel}Path(${camel}.id) : ${plural.camel}Path}>
            Cancel
          </a>
        </div>
      </Form>
    </section>
  );
}
`;
}

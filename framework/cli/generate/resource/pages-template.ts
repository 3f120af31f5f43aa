import { displayCode, inputAttributes, schemaCode, valuesCode } from "../model/field-code.ts";
import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";
import { referenceFields } from "./choices-template.ts";
import { formatNames } from "./format-template.ts";

/** `pages.tsx`: the form, the list and the dialog. */
export function pagesSource(model: Model): string {
  return [importsCode(model), formCode(model), listCode(model), dialogCode(model), timeCode(model)].join("");
}

function importsCode(model: Model): string {
  const { thing, fields } = model;
  const usesUrl = fields.some(({ type }) => type === "url");
  const formats = formatNames(model);
  return `import { Dialog, DialogClose, DialogLink, form${usesUrl ? ", safeUrl" : ""} } from "buffkit";
import { z } from "zod";
${referenceFields(model).length > 0 ? `import type { Choices } from "./choices.ts";\n` : ""}${
  formats.length > 0 ? `import { ${formats.join(", ")} } from "./format.ts";\n` : ""
}import type { ${thing.pascal} } from "./${thing.plural.kebab}.ts";
`;
}

function formCode(model: Model): string {
  const { thing, fields } = model;
  const { camel, plural, words } = thing;
  const hasChoices = referenceFields(model).length > 0;
  return `${hasChoices ? `\nconst nothing = { value: "", label: "–" };\n` : ""}
/** Creates or edits a ${words}. */
export const ${camel}Form = form({
  schema: z.object({
${fields.map((field) => `    ${field.column}: ${schemaCode(field)},`).join("\n")}
  }),
  fields: (f${hasChoices ? ", choices: Choices" : ""}) => (
    <>
${fields.map((field) => `      <f.Field name="${field.column}" ${inputAttributes(field)} />`).join("\n")}
      <div class="actions">
        <f.Submit>Save</f.Submit>
        <DialogClose href="/${plural.kebab}" />
      </div>
    </>
  ),
});

export const deleteForm = form({
  schema: z.object({}),
  fields: (f) => <f.Submit class="danger">Delete</f.Submit>,
});
`;
}

function listCode({ thing, fields }: Model): string {
  const { camel, pascal, kebab, plural, words } = thing;
  return `
export interface ${plural.pascal}Props {
  readonly ${plural.camel}: readonly ${pascal}[];
}

/** The page with all ${plural.words}. */
export function ${plural.pascal}Page({ ${plural.camel} }: ${plural.pascal}Props) {
  return (
    <section>
      <header class="page-head">
        <h1>${plural.title}</h1>
        <DialogLink href="/${plural.kebab}/new" class="button">
          New ${words}
        </DialogLink>
      </header>
      <${pascal}List ${plural.camel}={${plural.camel}} />
    </section>
  );
}

/** The list alone, as every open page gets it after a change. */
export function ${pascal}List({ ${plural.camel} }: ${plural.pascal}Props) {
  if (${plural.camel}.length === 0) return <p id="${plural.kebab}" class="empty">No ${plural.words} yet.</p>;
  return (
    <table id="${plural.kebab}">
      <tr>
${fields.map(({ name }) => `        <th>${name.title}</th>`).join("\n")}
        <th>
          <span class="visually-hidden">Actions</span>
        </th>
      </tr>
      {${plural.camel}.map((${camel}) => (
        <tr id={\`${kebab}-\${${camel}.id}\`}>
${fields.map((field) => `          <td>${displayCode(field, camel)}</td>`).join("\n")}
          <td>
            <DialogLink href={\`/${plural.kebab}/\${${camel}.id}/edit\`}>
              Edit<span class="visually-hidden"> {${titleCode(fields, camel)}}</span>
            </DialogLink>
          </td>
        </tr>
      ))}
    </table>
  );
}
`;
}

/** The expression for a record's title: its first text field, or its id. */
function titleCode(fields: readonly Field[], model: string): string {
  const field = fields.find(({ type }) => type === "string" || type === "email" || type === "text");
  if (!field) return `${model}.id`;
  return field.isNullable ? `${model}.${field.column} ?? ${model}.id` : `${model}.${field.column}`;
}

function dialogCode(model: Model): string {
  const { thing, fields } = model;
  const { camel, pascal, plural, words } = thing;
  const hasChoices = referenceFields(model).length > 0;
  const props = `  readonly ${camel}?: ${pascal};${hasChoices ? "\n  /** The options of the selects. */\n  readonly choices: Choices;" : ""}`;
  return `
export interface ${pascal}DialogProps {
  /** Absent for a new one. */
${props}
}

/** Creates, edits or deletes a ${words}: in a dialog, or on its own page. */
export function ${pascal}Dialog({ ${camel}${hasChoices ? ", choices" : ""} }: ${pascal}DialogProps) {
  const path = ${camel} ? \`/${plural.kebab}/\${${camel}.id}\` : "/${plural.kebab}";
  return (
    <Dialog title={${camel} ? "Edit ${words}" : "New ${words}"}>
      <${camel}Form.Form action={path} values={${valuesCode(fields, camel)}}${hasChoices ? " given={choices}" : ""} />
      {${camel} ? <deleteForm.Form action={\`\${path}/delete\`} hx-confirm="Delete this ${words}?" /> : null}
    </Dialog>
  );
}
`;
}

function timeCode({ fields }: Model): string {
  if (!fields.some(({ type }) => type === "datetime")) return "";
  return `
/** Browsers send the time without a zone. The form labels it as UTC. */
function readUtc(at: string): number {
  return Date.parse(at.endsWith("Z") ? at : \`\${at}Z\`);
}
`;
}

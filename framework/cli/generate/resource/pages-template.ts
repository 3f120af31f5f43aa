import { inputAttributes, schemaCode, valuesCode } from "../model/field-code.ts";
import { formatNames } from "./format-template.ts";
import { isSearchable } from "./list-template.ts";
import type { ResourceModel } from "./resource-model.ts";

/** `pages.tsx`: the form, the page and the dialog. */
export function pagesSource(model: ResourceModel): string {
  return [importsCode(model), formCode(model), pageCode(model), dialogCode(model), timeCode(model)].join("");
}

function importsCode(model: ResourceModel): string {
  const { thing, references } = model;
  const { pascal, kebab, plural } = thing;
  const formats = formatNames(model);
  return `import { Dialog, DialogClose, DialogLink, form } from "buffkit";
import { z } from "zod";
${references.length > 0 ? `import type { Choices } from "./choices.ts";\n` : ""}${
  formats.length > 0 ? `import { ${formats.join(", ")} } from "./format.ts";\n` : ""
}import { ${pascal}List } from "./${kebab}-list.tsx";
import type { ${pascal}, ${pascal}Search } from "./${plural.kebab}.ts";
`;
}

function formCode({ thing, fields, references }: ResourceModel): string {
  const { camel, plural, words } = thing;
  const hasChoices = references.length > 0;
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

function pageCode(model: ResourceModel): string {
  const { pascal, plural, words } = model.thing;
  const isSearched = isSearchable(model);
  return `
/** The page of the ${plural.words}.${isSearched ? " While people type, the search moves it to other ones, and its URL with it." : ""} */
export function ${plural.pascal}Page(search: ${pascal}Search) {
  return (
    <section id="${plural.kebab}">
      <header class="page-head">
        <h1>${plural.title}</h1>
        <DialogLink href="/${plural.kebab}/new" class="button">
          New ${words}
        </DialogLink>
      </header>
${isSearched ? searchFormCode(model) : ""}      <${pascal}List {...search} />
    </section>
  );
}
`;
}

function searchFormCode({ thing: { plural } }: ResourceModel): string {
  const path = `/${plural.kebab}`;
  return `      <search>
        <form
          id="${plural.kebab}-search"
          class="search-form"
          action="${path}"
          hx-get="${path}"
          hx-trigger="submit, input delay:200ms"
          hx-sync="this:replace"
          hx-target="#${plural.kebab}"
          hx-swap="outerMorph"
          hx-replace-url="true"
        >
          <input type="search" name="q" value={search.q} maxlength={100} aria-label="Search the ${plural.words}" autocomplete="off" />
          <button type="submit" class="secondary">Search</button>
        </form>
      </search>
`;
}

function dialogCode({ thing, fields, references }: ResourceModel): string {
  const { camel, pascal, plural, words } = thing;
  const hasChoices = references.length > 0;
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

function timeCode({ fields }: ResourceModel): string {
  if (!fields.some(({ type }) => type === "datetime")) return "";
  return `
/** Browsers send the time without a zone. The form labels it as UTC. */
function readUtc(at: string): number {
  return Date.parse(at.endsWith("Z") ? at : \`\${at}Z\`);
}
`;
}

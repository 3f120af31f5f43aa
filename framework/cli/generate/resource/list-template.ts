import { displayCode } from "../model/field-code.ts";
import type { Field } from "../plan/fields.ts";
import { formatNames } from "./format-template.ts";
import { type ResourceModel, searchedColumns } from "./resource-model.ts";

/** `ticket-list.tsx`: the live region, with the search as its params. */
export function listSource(model: ResourceModel): string {
  return [importsCode(model), regionCode(model), pagesCode(model)].join("\n");
}

/** Whether the list can be searched. */
export function isSearchable(model: ResourceModel): boolean {
  return searchedColumns(model).length > 0;
}

function importsCode(model: ResourceModel): string {
  const { thing, fields, isPublic } = model;
  const usesUrl = fields.some(({ type }) => type === "url");
  const formats = formatNames(model);
  return `import { DialogLink, ${isPublic ? "everybody, live" : "live, RequireLogin"}${usesUrl ? ", safeUrl" : ""} } from "buffkit";
${formats.length > 0 ? `import { ${formats.join(", ")} } from "./format.ts";\n` : ""}import { list${thing.plural.pascal}, type ${thing.pascal}Search, ${thing.camel}Search } from "./${thing.plural.kebab}.ts";
`;
}

function regionCode(model: ResourceModel): string {
  const { thing, fields, isPublic } = model;
  const { camel, pascal, kebab, plural, words } = thing;
  const isNone = isSearchable(model) ? `search.page === 1 && search.q === ""` : "search.page === 1";
  return `/** The ${plural.words}: every open page follows each change to what it shows. */
export const ${pascal}List = live({
  name: "${kebab.slice(0, 55)}-list",
  params: ${camel}Search,
  grant: ${isPublic ? "everybody" : "RequireLogin"},
  load: ({ db }, search) => list${plural.pascal}(db, search),
  render: ({ ${plural.camel}, hasMore }, { params: search }) => (
    <>
      {${plural.camel}.length === 0 ? <p class="empty">{${isNone} ? "No ${plural.words} yet." : "No ${plural.words} found."}</p> : (
      <div class="table-wrap">
        <table>
          <thead>
            <tr>
${fields.map(({ name }) => `              <th>${name.title}</th>`).join("\n")}
              <th><span class="visually-hidden">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {${plural.camel}.map((${camel}) => (
              <tr id={\`${kebab}-\${${camel}.id}\`}>
${fields.map((field) => `                <td>${cellCode(model, field)}</td>`).join("\n")}
                <td>
                  <DialogLink href={\`/${plural.kebab}/\${${camel}.id}/edit\`}>
                    Edit<span class="visually-hidden"> ${words} {${titleCode(fields, camel)}}</span>
                  </DialogLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      )}
      <Pages {...search} hasMore={hasMore} />
    </>
  ),
});
`;
}

function cellCode({ thing, references }: ResourceModel, field: Field): string {
  const reference = references.find((each) => each.field === field);
  if (reference && reference.label !== null) return `{${thing.camel}.${reference.alias}_label}`;
  return displayCode(field, thing.camel);
}

/** The expression for a record's title: its first text field, or its id. */
function titleCode(fields: readonly Field[], model: string): string {
  const field = fields.find(({ type }) => type === "string" || type === "email" || type === "text");
  if (!field) return `${model}.id`;
  return field.isNullable ? `${model}.${field.column} ?? ${model}.id` : `${model}.${field.column}`;
}

/** The links between pages, which put what they show into the URL. */
function pagesCode(model: ResourceModel): string {
  const { pascal, plural } = model.thing;
  const isSearched = isSearchable(model);
  const path = isSearched
    ? `\`/${plural.kebab}?\${new URLSearchParams({ q, page: String(number) })}\``
    : `\`/${plural.kebab}?page=\${number}\``;
  return `function Pages({ ${isSearched ? "q, " : ""}page, hasMore }: ${pascal}Search & { readonly hasMore: boolean }) {
  if (page === 1 && !hasMore) return null;
  const path = (number: number) => ${path};
  return (
    <nav
      class="actions"
      aria-label="Pages"
      hx-boost:inherited="true"
      hx-target:inherited="#${plural.kebab}"
      hx-swap:inherited="outerMorph"
    >
      {page > 1 ? <a id="${plural.kebab}-previous" class="button secondary" href={path(page - 1)}>Previous</a> : null}
      <span id="${plural.kebab}-page">Page {page}</span>
      {hasMore ? <a id="${plural.kebab}-next" class="button secondary" href={path(page + 1)}>Next</a> : null}
    </nav>
  );
}
`;
}

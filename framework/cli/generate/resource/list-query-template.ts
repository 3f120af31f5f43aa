import type { ModelQueries } from "../model/model-template.ts";
import { type ResourceModel, searchedColumns } from "./resource-model.ts";

/** The query of the list, in `tickets.ts`: a page of it, with the names of what it refers to, by what people search for. */
export function listQueries(model: ResourceModel): ModelQueries {
  const { thing, references } = model;
  const { camel, pascal, plural, words } = thing;
  const table = plural.snake;
  const columns = searchedColumns(model);
  const known = references.filter(({ label }) => label !== null);
  const joins = known.map(({ alias, table: other, field }) => {
    const as = alias === other ? other : `${other} as ${alias}`;
    return `    .leftJoin("${as}", "${alias}.id", "${table}.${field.column}")\n`;
  });
  const labels = known.map(({ alias, label }) => `"${alias}.${label} as ${alias}_label"`);
  const selected =
    labels.length === 0 ? "" : `    .select(${labels.length === 1 ? labels[0] : `[${labels.join(", ")}]`})\n`;
  const search = columns.length > 0;
  return {
    imports: ["type Kysely", "type Milliseconds", "type Selectable", ...(search ? ["sql"] : []), "type Tables"],
    isZodUsed: true,
    code: `/** What a list shows, as the URL says it${search ? `: the ${plural.words} that contain \`q\`, and which page of them` : ""}. What makes no sense is ignored. */
export const ${camel}Search = z.object({
${search ? '  q: z.string().trim().max(100).catch(""),\n' : ""}  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type ${pascal}Search = z.infer<typeof ${camel}Search>;

const pageSize = 50;

/** A page of the ${plural.words}, most recently changed first, and whether there are more. */
export async function list${plural.pascal}(db: Kysely<Tables>, { ${search ? `q = "", ` : ""}page = 1 }: Partial<${pascal}Search> = {}) {
  const rows = await db
    .selectFrom("${table}")
${joins.join("")}    .selectAll("${table}")
${selected}${search ? searchCode(columns) : ""}    .orderBy("${table}.changed_at", "desc")
    .orderBy("${table}.id")
    .limit(pageSize + 1)
    .offset((page - 1) * pageSize)
    .execute();
  return { ${plural.camel}: rows.slice(0, pageSize), hasMore: rows.length > pageSize };
}

/** The ${words} with this id, if there is one. */
export function find${pascal}(db: Kysely<Tables>, id: string): Promise<${pascal} | undefined> {
  return db.selectFrom("${table}").selectAll().where("id", "=", id).executeTakeFirst();
}
${search ? containsCode : ""}`,
  };
}

function searchCode(columns: readonly string[]): string {
  const [first] = columns;
  if (columns.length === 1) return `    .$if(q !== "", (query) => query.where(contains("${first}", q)))\n`;
  const tests = columns.map((column) => `contains("${column}", q)`).join(", ");
  return `    .$if(q !== "", (query) => query.where(({ or }) => or([${tests}])))\n`;
}

const containsCode = `
/** Whether a column contains a text; upper and lower case ASCII letters are the same. */
function contains(column: string, text: string) {
  const pattern = \`%\${text.replace(/[!%_]/g, "!$&")}%\`;
  return sql<boolean>\`lower(\${sql.ref(column)}) like lower(\${pattern}) escape '!'\`;
}
`;

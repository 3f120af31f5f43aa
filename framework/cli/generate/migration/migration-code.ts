import type { Field } from "../plan/fields.ts";

/** The source of a migration with these statements; null if `down` has to be written by hand. */
export function migrationSource(up: readonly string[], down: readonly string[] | null, usesColumns: boolean): string {
  const column = usesColumns ? ["const column = columnsFor(db);"] : [];
  const downColumn = down?.some((line) => line.includes("column.")) ? column : [];
  return [
    usesColumns ? 'import { columnsFor, type Kysely } from "buffkit";' : 'import type { Kysely } from "buffkit";',
    "",
    "export async function up(db: Kysely<unknown>): Promise<void> {",
    ...indent([...(up.some((line) => line.includes("column.")) ? column : []), ...up]),
    "}",
    ...(down === null
      ? []
      : [
          "",
          "export async function down(db: Kysely<unknown>): Promise<void> {",
          ...indent([...downColumn, ...down]),
          "}",
        ]),
    "",
  ].join("\n");
}

/** The statements that create a table: standard columns, fields, foreign keys, indexes. */
export function createTableCode(table: string, fields: readonly Field[]): readonly string[] {
  const references = fields.filter((field) => field.table !== undefined);
  return [
    "await db.schema",
    `  .createTable("${table}")`,
    '  .addColumn("id", column.id, (c) => c.primaryKey())',
    ...fields.map((field) => `  .addColumn(${columnCode(field)})`),
    '  .addColumn("created_at", column.timestamp, (c) => c.notNull())',
    '  .addColumn("changed_at", column.timestamp, (c) => c.notNull())',
    ...references.map((field) => `  ${foreignKeyCode(table, field)}`),
    "  .execute();",
    ...fields.flatMap((field) => indexCode(table, field)),
  ];
}

/**
 * The statements that add columns to a table. It may have rows, so each column gets a default. A reference becomes a plain nullable
 * column, because SQLite can't add a foreign key to an existing table.
 */
export function addColumnsCode(table: string, fields: readonly Field[]): readonly string[] {
  return fields.flatMap((field) => [
    `await db.schema.alterTable("${table}").addColumn(${addedColumnCode(field)}).execute();`,
    ...indexCode(table, field),
  ]);
}

export function dropColumnsCode(table: string, fields: readonly Field[]): readonly string[] {
  return [...fields].reverse().flatMap((field) => [
    // MySQL drops the index with its column, and doesn't understand the statement that the others need first.
    ...(hasIndex(field)
      ? [`if (column.dialect !== "mysql") await db.schema.dropIndex("${indexName(table, field)}").execute();`]
      : []),
    `await db.schema.alterTable("${table}").dropColumn("${field.column}").execute();`,
  ]);
}

export function dropTableCode(table: string): readonly string[] {
  return [`await db.schema.dropTable("${table}").execute();`];
}

function columnCode(field: Field): string {
  const parts = [`"${field.column}"`, columnType(field)];
  if (field.isNullable) return parts.join(", ");
  return [...parts, `(c) => c.notNull()${field.type === "boolean" ? ".defaultTo(false)" : ""}`].join(", ");
}

function addedColumnCode(field: Field): string {
  const start = `"${field.column}", ${columnType(field)}`;
  if (field.isNullable || field.table !== undefined) return start;
  return `${start}, (c) => c.notNull().defaultTo(${defaultOf(field)})`;
}

function columnType({ type, maxLength }: Field): string {
  if (type === "string" || type === "email" || type === "url") return `column.string(${maxLength})`;
  return columnTypes[type];
}

const columnTypes = {
  text: "column.text",
  integer: "column.integer",
  number: "column.real",
  boolean: "column.boolean",
  date: "column.timestamp",
  datetime: "column.timestamp",
  references: "column.id",
} as const;

// MySQL allows no literal default for a long text. An expression would work, but the three databases write it differently.
function defaultOf({ type }: Field): string {
  if (type === "boolean") return "false";
  return ["integer", "number", "date", "datetime"].includes(type) ? "0" : '""';
}

function foreignKeyCode(table: string, field: Field): string {
  const name = `${table}_${field.name.snake}`;
  return `.addForeignKeyConstraint("${name}", ["${field.column}"], "${field.table}", ["id"], (c) => c.onDelete("${onDelete(field)}"))`;
}

function onDelete(field: Field): string {
  return field.isNullable ? "set null" : "cascade";
}

function indexCode(table: string, field: Field): readonly string[] {
  if (!hasIndex(field)) return [];
  const unique = field.isUnique ? ".unique()" : "";
  return [
    `await db.schema.createIndex("${indexName(table, field)}")${unique}.on("${table}").column("${field.column}").execute();`,
  ];
}

function hasIndex(field: Field): boolean {
  return field.isUnique || field.type === "references";
}

function indexName(table: string, field: Field): string {
  return `${table}_${field.column}`;
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

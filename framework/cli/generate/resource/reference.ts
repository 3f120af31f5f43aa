import type { Project } from "../../project/project.ts";
import type { Model } from "../model/model.ts";
import { readTable, type TableColumn } from "../plan/app-tables.ts";
import type { Field } from "../plan/fields.ts";

/** A field that refers to rows of another table. */
export interface Reference {
  readonly field: Field;
  readonly table: string;
  /** What the list's query calls the other table. */
  readonly alias: string;
  /** The column by which people know a row; null if the columns of the table aren't known. */
  readonly label: string | null;
  /** The row that a test needs, as code: what to insert besides the id, or `user` for a person; null if it can't be made up. */
  readonly sample: string | "user" | null;
}

/** The fields that refer to other tables, with what the app's types say about these. */
export function referencesOf(project: Project, { thing, fields }: Model): readonly Reference[] {
  return fields.flatMap((field): Reference[] => {
    const { table, name } = field;
    if (table === undefined) return [];
    const alias = name.snake === thing.plural.snake ? `${name.snake}_of` : name.snake;
    const reference = { field, table, alias };
    if (table === "users") return [{ ...reference, label: "name", sample: "user" }];
    const isOwn = table === thing.plural.snake;
    const columns = isOwn ? ownColumns(fields) : readTable(project, table);
    if (!columns?.some((column) => column.name === "id")) return [{ ...reference, label: null, sample: null }];
    return [{ ...reference, label: labelIn(columns), sample: isOwn ? null : sampleOf(columns) }];
  });
}

function ownColumns(fields: readonly Field[]): readonly TableColumn[] {
  const texts = fields.filter(({ type }) => type === "string" || type === "email");
  return [
    { name: "id", type: "string" },
    ...texts.map(({ column, isNullable }) => ({ name: column, type: isNullable ? "string | null" : "string" })),
  ];
}

/** `title`, `name`, `email`, or else the first text that every row has. */
function labelIn(columns: readonly TableColumn[]): string {
  const texts = columns.filter(({ name, type }) => type === "string" && name !== "id" && !name.endsWith("_id"));
  const usual = ["title", "name", "email"].find((name) => texts.some((column) => column.name === name));
  return usual ?? texts[0]?.name ?? "id";
}

const samples: Readonly<Record<string, string>> = {
  string: '"Sample"',
  number: "0",
  Milliseconds: "0",
  boolean: "false",
};

function sampleOf(columns: readonly TableColumn[]): string | null {
  const needed = columns.filter(({ name, type }) => name !== "id" && !/\bnull\b/.test(type));
  const isPlain = needed.every(({ name, type }) => type in samples && !name.endsWith("_id"));
  return isPlain ? needed.map(({ name, type }) => `${name}: ${samples[type]}`).join(", ") : null;
}

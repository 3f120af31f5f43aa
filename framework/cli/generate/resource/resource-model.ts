import type { Model } from "../model/model.ts";
import type { Field } from "../plan/fields.ts";
import type { Reference } from "./reference.ts";

export interface ResourceModel extends Model {
  readonly references: readonly Reference[];
  /** Whether the app has no accounts, so that everybody sees and changes everything. */
  readonly isPublic: boolean;
}

const texts: ReadonlySet<string> = new Set(["string", "text", "email", "url"]);

/** What the list can be searched by: its texts, and the names of what it refers to, as columns in the list's query. */
export function searchedColumns({ thing, fields, references }: ResourceModel): readonly string[] {
  return [
    ...searchedFields(fields).map(({ column }) => `${thing.plural.snake}.${column}`),
    ...references.flatMap(({ alias, label }) => (label === null || label === "id" ? [] : [`${alias}.${label}`])),
  ];
}

export function searchedFields(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ type }) => texts.has(type));
}

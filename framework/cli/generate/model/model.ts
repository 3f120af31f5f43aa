import { type Field, parseFields } from "../plan/fields.ts";
import type { ModelNames } from "../plan/names.ts";

export interface Model {
  readonly thing: ModelNames;
  readonly fields: readonly Field[];
}

/** A model without fields gets a name. */
export function withDefaultFields(fields: readonly Field[]): readonly Field[] {
  return fields.length > 0 ? fields : parseFields(["name:string"]);
}

import { type FieldFacts, readFields } from "./fields.ts";
import type { ThingNames } from "./names.ts";

export interface Model {
  readonly thing: ThingNames;
  readonly fields: readonly FieldFacts[];
}

/** A thing without fields has a name. */
export function fieldsOrName(fields: readonly FieldFacts[]): readonly FieldFacts[] {
  return fields.length > 0 ? fields : readFields(["name:string"]);
}

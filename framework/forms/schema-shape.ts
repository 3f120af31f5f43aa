import { isRecord, type StandardSchema } from "../base/index.ts";

/** What a form must know of one field before it validates, since every value in a form is text. */
export interface FieldShape {
  /** Takes several values: doubled parameters become a list instead of the last one winning. */
  readonly isList: boolean;
  /** What an empty input means: `absent` where the field may be left out or is no text, `null` where it may be null. */
  readonly empty: "text" | "absent" | "null";
}

const plainText: FieldShape = { isList: false, empty: "text" };

/**
 * How a field of a zod object schema wants its value. Other Standard Schemas do not show their fields; for those every field is
 * plain text, and names that end in `[]` are lists.
 */
export function fieldShape(schema: StandardSchema, name: string): FieldShape {
  const fields = propertyOf(rootOf(definitionOf(schema)), "shape");
  if (!isRecord(fields) || !Object.hasOwn(fields, name)) return plainText;
  return shapeOf(definitionOf(fields[name]), "text");
}

/** The names of a zod object schema's list fields: an unticked group of check boxes sends nothing and means an empty list. */
export function listFields(schema: StandardSchema): string[] {
  const fields = propertyOf(rootOf(definitionOf(schema)), "shape");
  if (!isRecord(fields)) return [];
  return Object.keys(fields).filter((name) => fieldShape(schema, name).isList);
}

const wrappers = new Set(["optional", "default", "prefault", "nullable", "nonoptional", "readonly", "catch"]);
const emptyByType: Readonly<Record<string, FieldShape["empty"]>> = {
  optional: "absent",
  default: "absent",
  prefault: "absent",
  nullable: "null",
  number: "absent",
  bigint: "absent",
  date: "absent",
  file: "absent",
};

function shapeOf(definition: unknown, empty: FieldShape["empty"]): FieldShape {
  const type = String(propertyOf(definition, "type"));
  const emptyHere = empty === "text" ? (emptyByType[type] ?? "text") : empty;
  if (wrappers.has(type)) return shapeOf(definitionOf(propertyOf(definition, "innerType")), emptyHere);
  if (type === "pipe") return shapeOf(pipeInput(definition), emptyHere);
  return { isList: type === "array" || type === "set" || type === "tuple", empty: emptyHere };
}

function rootOf(definition: unknown): unknown {
  const type = propertyOf(definition, "type");
  if (type === "pipe") return rootOf(pipeInput(definition));
  return wrappers.has(String(type)) ? rootOf(definitionOf(propertyOf(definition, "innerType"))) : definition;
}

// z.preprocess() is a pipe whose input is a bare function: what it feeds tells the type then.
function pipeInput(definition: unknown): unknown {
  const input = definitionOf(propertyOf(definition, "in"));
  return propertyOf(input, "type") === "transform" ? definitionOf(propertyOf(definition, "out")) : input;
}

function definitionOf(schema: unknown): unknown {
  return propertyOf(schema, "def") ?? propertyOf(propertyOf(schema, "_zod"), "def");
}

function propertyOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

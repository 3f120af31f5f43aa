import { isRecord, type StandardSchema } from "../../base/index.ts";

/** What has to be known about a field before validation, since every value in a form is text. */
export interface FieldShape {
  /** Whether repeated parameters become a list; otherwise the last one wins. */
  readonly isList: boolean;
  /** What an empty input means: `absent` if the field is optional or isn't text, `null` if it is nullable. */
  readonly empty: "text" | "absent" | "null";
}

const plainText: FieldShape = { isList: false, empty: "text" };

/**
 * The shape of a field of a zod object schema. Other Standard Schemas don't expose their fields, so all of those are plain text, and
 * names that end in `[]` are lists.
 */
export function fieldShape(schema: StandardSchema, name: string): FieldShape {
  const fields = propertyOf(rootOf(definitionOf(schema)), "shape");
  if (!isRecord(fields) || !Object.hasOwn(fields, name)) return plainText;
  return shapeOf(definitionOf(fields[name]), "text");
}

/** The list fields of a zod object schema. A group of checkboxes with none checked sends nothing, which means an empty list. */
export function listFields(schema: StandardSchema): string[] {
  const fields = propertyOf(rootOf(definitionOf(schema)), "shape");
  if (!isRecord(fields)) return [];
  return Object.keys(fields).filter((name) => fieldShape(schema, name).isList);
}

/** The names of a zod object schema; undefined for other schemas, which don't expose their fields. */
export function fieldNames(schema: StandardSchema): readonly string[] | undefined {
  const fields = propertyOf(rootOf(definitionOf(schema)), "shape");
  return isRecord(fields) ? Object.keys(fields) : undefined;
}

const fileMark = Symbol.for("buffkit.file");

/** Marks a schema as that of a file, so that forms with it are sent as `multipart/form-data`. */
export function markAsFile<Schema extends object>(schema: Schema): Schema {
  return Object.assign(schema, { [fileMark]: true });
}

/** Whether a zod object schema has a field that `fileField` or `filesField` made. */
export function hasFileField(schema: StandardSchema): boolean {
  const fields = propertyOf(rootOf(definitionOf(schema)), "shape");
  return isRecord(fields) && Object.values(fields).some((field) => isRecord(field) && fileMark in field);
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

// The input of z.preprocess() is a function, so the type is that of its output.
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

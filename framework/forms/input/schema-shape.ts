import { isRecord, type StandardSchema } from "../../base/index.ts";
import { readValue } from "./read-value.ts";
import { definitionOf, propertyOf, throughWrappers } from "./zod-definition.ts";

/** What has to be known about a field before validation, since every value in a form is text. */
export interface FieldShape {
  /** Whether repeated parameters become a list; otherwise the last one wins. */
  readonly isList: boolean;
  /** What an empty input means: `absent` if the field is optional or isn't text, `null` if it is nullable. */
  readonly empty: "text" | "absent" | "null";
  /** What it is if the form doesn't send it: false for a box that isn't checked. */
  readonly unsent: false | undefined;
  /** Whether the schema takes it if it is missing. */
  readonly hasFallback: boolean;
  /** A text as the boolean, number or other value that the schema expects, if it is one; otherwise unchanged. */
  read(sent: unknown): unknown;
  /** A list as the collection that the schema expects. */
  collect(list: readonly unknown[]): unknown;
}

const plainText: FieldShape = {
  isList: false,
  empty: "text",
  unsent: undefined,
  hasFallback: false,
  read: (sent) => sent,
  collect: (list) => list,
};

/**
 * The shapes of the fields of a zod object schema; of a union, those of the option that `sent` is for. Other Standard Schemas don't
 * expose their fields, so all of those are plain text, and names that end in `[]` are lists.
 */
export function fieldShapes(
  schema: StandardSchema,
  sent: (name: string) => unknown,
): { readonly known: ReadonlyMap<string, FieldShape>; of(name: string): FieldShape } {
  const fields = rootFields(definitionOf(schema), sent) ?? new Map<string, unknown>();
  const known = new Map([...fields].map(([name, field]) => [name, shapeOf(definitionOf(field), "text")]));
  return { known, of: (name) => known.get(name) ?? plainText };
}

/** The names of a zod object schema; undefined for other schemas, which don't expose their fields. */
export function fieldNames(schema: StandardSchema): readonly string[] | undefined {
  const fields = rootFields(definitionOf(schema));
  return fields && [...fields.keys()];
}

const fileMark = Symbol.for("buffkit.file");

/** Marks a schema as that of a file, so that forms with it are sent as `multipart/form-data`. Copies that zod makes keep the mark. */
export function markAsFile<Schema extends object>(schema: Schema): Schema {
  const definition = definitionOf(schema);
  if (isRecord(definition)) Object.assign(definition, { [fileMark]: true });
  return schema;
}

/** Whether a zod object schema has a file: of `fileField`, `filesField` or `z.file()`. */
export function hasFileField(schema: StandardSchema): boolean {
  return someField(schema, isFile) ?? false;
}

/** Whether a schema may take a file, as far as it tells. */
export function mayTakeFiles(schema: StandardSchema): boolean {
  const isUnknown = (definition: unknown) =>
    ["custom", "any", "unknown"].includes(String(propertyOf(definition, "type")));
  return someField(schema, (definition) => isFile(definition) || isUnknown(definition)) ?? true;
}

function isFile(definition: unknown): boolean {
  return isRecord(definition) && (fileMark in definition || definition.type === "file");
}

/** Undefined if the schema doesn't expose its fields. Also looks inside of what was put around a field, such as a list or `transform`. */
function someField(schema: StandardSchema, test: (definition: unknown) => boolean): boolean | undefined {
  const fields = rootFields(definitionOf(schema));
  return fields && [...fields.values()].some((field) => isSomewhere(definitionOf(field), test));
}

function isSomewhere(definition: unknown, test: (definition: unknown) => boolean): boolean {
  if (!isRecord(definition)) return false;
  const options = Array.isArray(definition.options) ? definition.options : [];
  const parts = ["innerType", "in", "out", "element"].map((part) => definition[part]);
  return test(definition) || [...parts, ...options].some((part) => isSomewhere(definitionOf(part), test));
}

/** Without `sent`, those of all options of a union. */
function rootFields(definition: unknown, sent?: (name: string) => unknown): ReadonlyMap<string, unknown> | undefined {
  const { definition: root } = throughWrappers(definition);
  const shape = propertyOf(root, "shape");
  if (isRecord(shape)) return new Map(Object.entries(shape));
  const parts = partsOf(root, sent).map((part) => rootFields(definitionOf(part), sent));
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : new Map(known.flatMap((part) => [...part]));
}

function partsOf(root: unknown, sent: ((name: string) => unknown) | undefined): readonly unknown[] {
  const type = propertyOf(root, "type");
  if (type === "intersection") return [propertyOf(root, "left"), propertyOf(root, "right")];
  const options = propertyOf(root, "options");
  if (type !== "union" || !Array.isArray(options)) return [];
  const discriminator = propertyOf(root, "discriminator");
  if (!sent || typeof discriminator !== "string") return options;
  return options.filter((option) => {
    const field = rootFields(definitionOf(option))?.get(discriminator);
    const values = propertyOf(definitionOf(field), "values");
    return Array.isArray(values) && values.some((value) => String(value) === String(sent(discriminator)));
  });
}

const emptyByType: Readonly<Record<string, FieldShape["empty"]>> = {
  optional: "absent",
  default: "absent",
  prefault: "absent",
  nullable: "null",
  boolean: "absent",
  number: "absent",
  bigint: "absent",
  date: "absent",
  file: "absent",
};
const listTypes: readonly unknown[] = ["array", "set", "tuple"];

function shapeOf(definition: unknown, outer: FieldShape["empty"]): FieldShape {
  const { definition: inner, wrappers, isPreprocessed } = throughWrappers(definition);
  const type = propertyOf(inner, "type");
  const empty = [...wrappers, type].map((one) => emptyByType[String(one)]).find((one) => one !== undefined) ?? outer;
  if (listTypes.includes(type)) {
    const element = elementOf(inner);
    const each = element === undefined ? plainText : shapeOf(definitionOf(element), "text");
    const toSet = type === "set" && !isPreprocessed;
    // An element that isn't text is left out if it is empty, such as the number of a select's first choice.
    return {
      ...plainText,
      isList: true,
      empty: each.empty === "text" ? empty : "absent",
      read: isPreprocessed ? plainText.read : each.read,
      collect: (list) => (toSet ? new Set(list) : list),
    };
  }
  if (isPreprocessed) return { ...plainText, empty };
  const hasFallback = wrappers.some((wrapper) => wrapper !== "readonly" && wrapper !== "nullable");
  return {
    ...plainText,
    empty,
    hasFallback,
    unsent: type === "boolean" ? false : undefined,
    read: (sent) => readValue(inner, sent),
  };
}

function elementOf(list: unknown): unknown {
  return propertyOf(list, "element") ?? propertyOf(list, "valueType");
}

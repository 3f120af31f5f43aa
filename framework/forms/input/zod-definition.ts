import { isRecord } from "../../base/index.ts";

const wrapperTypes = new Set(["optional", "default", "prefault", "nullable", "nonoptional", "readonly", "catch"]);

export interface UnwrappedDefinition {
  readonly definition: unknown;
  /** The types around it, from the outside. */
  readonly wrappers: readonly string[];
  /** Whether the schema's own function gets the value first, as in `z.preprocess`. */
  readonly isPreprocessed: boolean;
}

/** The definition inside of wrappers such as `optional` and of pipes. */
export function throughWrappers(definition: unknown): UnwrappedDefinition {
  const wrappers: string[] = [];
  let isPreprocessed = false;
  let inner = definition;
  for (;;) {
    const type = String(propertyOf(inner, "type"));
    if (wrapperTypes.has(type)) {
      wrappers.push(type);
      inner = definitionOf(propertyOf(inner, "innerType"));
    } else if (type === "pipe") {
      const input = definitionOf(propertyOf(inner, "in"));
      // The input of z.preprocess() is a function, so the type is that of its output.
      isPreprocessed ||= propertyOf(input, "type") === "transform";
      inner = propertyOf(input, "type") === "transform" ? definitionOf(propertyOf(inner, "out")) : input;
    } else if (type === "lazy") {
      const getter = propertyOf(inner, "getter");
      inner = typeof getter === "function" ? definitionOf(getter()) : undefined;
    } else {
      return { definition: inner, wrappers, isPreprocessed };
    }
  }
}

/** What zod knows about a schema; undefined for others. */
export function definitionOf(schema: unknown): unknown {
  return propertyOf(schema, "def") ?? propertyOf(propertyOf(schema, "_zod"), "def");
}

export function propertyOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

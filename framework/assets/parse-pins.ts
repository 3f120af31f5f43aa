import { z } from "zod";
import { reasonOf } from "../base/index.ts";
import { invalidImportMap } from "./errors.ts";
import type { Pin } from "./pin.ts";

const pinSchema = z.union([
  z.string().transform((to) => ({ to })),
  z.strictObject({
    to: z.string(),
    devTo: z.string().exactOptional(),
    cdn: z.string().startsWith("https://").exactOptional(),
    preload: z.boolean().exactOptional(),
    integrity: z.string().exactOptional(),
    scope: z.string().exactOptional(),
  }),
]);

const fileSchema = z.union([
  z.strictObject({ pins: z.record(z.string(), pinSchema) }),
  // A plain import map, as other tools write it.
  z.strictObject({ imports: z.record(z.string(), pinSchema) }).transform(({ imports }) => ({ pins: imports })),
]);

/**
 * Parses saved pins: `{ "pins": { "htmx": { "to": "vendor/htmx.js" } } }`, or a plain import map without scopes. Throws
 * `ASSETS_INVALID_IMPORT_MAP` with every problem.
 */
export function parsePins(source: string, text: string): Readonly<Record<string, Pin>> {
  const parsed = fileSchema.safeParse(parseJson(source, text));
  if (parsed.success) return parsed.data.pins;
  const problems = z.prettifyError(parsed.error).split("\n");
  throw invalidImportMap({ source, problems });
}

function parseJson(source: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidImportMap({
      source,
      problems: [`it isn't valid JSON: ${reasonOf(cause)}`],
    });
  }
}

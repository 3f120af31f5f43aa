import type { StandardSchema } from "../base/index.ts";

/** The type of a schema's valid value. */
export type OutputOf<Schema extends StandardSchema> =
  Schema extends StandardSchema<unknown, infer Output> ? Output : never;

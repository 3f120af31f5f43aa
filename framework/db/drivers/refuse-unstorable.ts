import type { CompiledQuery } from "kysely";
import { valueRefused, valueUnmatchable } from "./errors.ts";

/**
 * Refuses the values that not every database can hold, so that all of them answer the same: a text with a NUL, NaN, an infinite number
 * and an invalid date. Throws `DB_VALUE_UNMATCHABLE` (404) for a query that reads, otherwise `DB_VALUE_REFUSED` (422).
 */
export function refuseUnstorable({ sql, parameters }: CompiledQuery): void {
  for (const value of parameters) {
    const reason = problemOf(value);
    if (reason !== undefined) throw unstorable({ sql, reason });
  }
}

/** The error for a value that a database refused: a 404 if rows were looked for with it, since none can have it, and otherwise a 422. */
export function unstorable(facts: { readonly sql: string; readonly reason: string; readonly cause?: unknown }): Error {
  return /^\s*(?:select|with)\b/i.test(facts.sql) ? valueUnmatchable(facts) : valueRefused(facts);
}

function problemOf(value: unknown): string | undefined {
  if (typeof value === "string") return value.includes("\0") ? "a text contains a NUL character" : undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `a number is ${value}`;
  return value instanceof Date && Number.isNaN(value.getTime()) ? "a date is invalid" : undefined;
}

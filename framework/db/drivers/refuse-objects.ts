import { valueNotStorable } from "./errors.ts";

/**
 * Refuses objects and lists as the value of a parameter: mysql2 writes them into the statement, where `{ name: 1 }` becomes a condition
 * of its own, and better-sqlite3 takes the values in a list one by one. Throws `DB_VALUE_NOT_STORABLE`.
 */
export function refuseObjects(values: readonly unknown[]): void {
  for (const value of values) {
    if (typeof value !== "object" || value === null || value instanceof Date || ArrayBuffer.isView(value)) continue;
    throw valueNotStorable({ kind: Array.isArray(value) ? "A list" : "An object" });
  }
}

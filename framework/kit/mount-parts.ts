import type { Hono } from "hono";
import { partNameTaken } from "./errors.ts";
import type { Kit } from "./kit.ts";
import type { Part } from "./part.ts";
import type { PartApp } from "./part-app.ts";

/** The built-in parts, replaced by the app's parts of the same name, then the app's other parts. Throws `KIT_PART_NAME_TAKEN`. */
export function arrangeParts(builtIn: readonly Part[], own: readonly Part[]): readonly Part[] {
  const named = new Map<string, Part>();
  for (const part of own) {
    if (named.has(part.name)) throw partNameTaken({ name: part.name });
    named.set(part.name, part);
  }
  const names = new Set(builtIn.map((part) => part.name));
  return [...builtIn.map((part) => named.get(part.name) ?? part), ...own.filter((part) => !names.has(part.name))];
}

/** Mounts the parts in order; the returned function closes them in reverse. */
export async function mountParts(app: Hono, kit: Kit, parts: readonly Part[]): Promise<() => Promise<void>> {
  // The same object: `PartApp` is Hono with stricter types.
  for (const part of parts) await part.mount(app as PartApp, kit);
  return async () => {
    for (const part of [...parts].reverse()) await part.close?.();
  };
}

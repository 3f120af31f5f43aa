import type { Hono } from "hono";
import type { Disposables } from "./disposables.ts";
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

interface MountOptions {
  readonly parts: readonly Part[];
  /** Closes them again, each on its own. */
  readonly disposables: Disposables;
}

/** Mounts the parts in order. */
export async function mountParts(app: Hono, kit: Kit, { parts, disposables }: MountOptions): Promise<void> {
  for (const part of parts) {
    // The same object: `PartApp` is Hono with stricter types.
    await part.mount(app as PartApp, kit);
    disposables.add(`part ${part.name}`, () => part.close?.());
  }
}

import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { projectFolder } from "./samples.ts";

/** The public entry points of the package, and their files. */
export const publicDoors: Readonly<Record<string, string>> = {
  buffkit: "framework/index.ts",
  "buffkit/components": "components/index.ts",
  "buffkit/mail": "mail/index.ts",
  "buffkit/testing": "framework/testing/index.ts",
  "buffkit/testing/playwright": "framework/testing/playwright/index.ts",
};

/** A name that an entry point exports, and the file that declares it. */
export interface DoorExport {
  readonly name: string;
  readonly isType: boolean;
  /** Relative to the project. */
  readonly file: string;
  /** The room that it comes from. */
  readonly room: string;
}

/** What a door re-exports, in its order. Doors do nothing else, so reading their text is enough. */
export function exportsOf(door: string): readonly DoorExport[] {
  const text = readFileSync(join(projectFolder, door), "utf8");
  return [...text.matchAll(/export\s+(type\s+)?\{([^}]*)\}\s*from\s*"([^"]+)"/g)].flatMap(([, type, list, from]) => {
    const file = join(dirname(door), from ?? "");
    return (list ?? "")
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "")
      .map((entry) => readEntry(entry, { file, isType: type !== undefined }));
  });
}

function readEntry(entry: string, from: { readonly file: string; readonly isType: boolean }): DoorExport {
  const name = entry.replace(/^type /, "");
  const isType = from.isType || entry.startsWith("type ");
  const inner = basename(from.file) === "index.ts" ? exportsOf(from.file).find((one) => one.name === name) : undefined;
  return { name, isType, file: inner?.file ?? from.file, room: dirname(inner?.file ?? from.file) };
}

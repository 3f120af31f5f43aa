import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toolMissing } from "./errors.ts";
import type { Project } from "./project.ts";

/** Lets this process import the project's TypeScript, by the tsx that it has installed. Throws `CLI_TOOL_MISSING`. */
export async function loadTypeScript({ folder }: Project): Promise<void> {
  // The command itself runs from TypeScript: whoever loaded it loads the app, too.
  if (import.meta.url.endsWith(".ts")) return;
  // The module of `node --import tsx`: it registers itself.
  await import(pathToFileURL(resolveFrom(folder, "tsx", "tsx")).href);
}

/** The file that a module name means in the project's folder. */
export function resolveFrom(folder: string, specifier: string, tool: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(specifier);
  } catch (cause) {
    throw toolMissing({ tool, cause });
  }
}

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toolMissing } from "../errors.ts";
import type { Project } from "./project.ts";

/** Lets this process import the project's TypeScript, with the tsx installed there. Throws `CLI_TOOL_MISSING`. */
export async function loadTypeScript({ folder }: Project): Promise<void> {
  // This command runs from TypeScript itself, so a loader is already registered.
  if (import.meta.url.endsWith(".ts")) return;
  // The module behind `node --import tsx`; importing it registers the loader.
  await import(pathToFileURL(resolveFrom(folder, "tsx", "tsx")).href);
}

/**
 * Node's arguments for running the project's TypeScript. Packages are loaded before tsx: it leaves them unchanged, but each module it
 * looks at costs a message to another thread (Node 20).
 */
export function typeScriptArguments(): readonly string[] {
  // In the build this file is part of a chunk, in a folder next to the command's.
  const isBuilt = import.meta.url.endsWith(".js");
  const packages = isBuilt ? [new URL("../cli/preload.js", import.meta.url).href] : ["hono", "zod", "kysely"];
  return [...packages, "tsx"].flatMap((name) => ["--import", name]);
}

/** The file a module name resolves to from the project's folder. Throws `CLI_TOOL_MISSING`. */
export function resolveFrom(folder: string, specifier: string, tool: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(specifier);
  } catch (cause) {
    throw toolMissing({ tool, cause });
  }
}

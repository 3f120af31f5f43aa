import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toolMissing } from "../errors.ts";
import type { Project } from "./project.ts";

/** Lets this process import the project's TypeScript, by the tsx that it has installed. Throws `CLI_TOOL_MISSING`. */
export async function loadTypeScript({ folder }: Project): Promise<void> {
  // The command itself runs from TypeScript: whoever loaded it loads the app, too.
  if (import.meta.url.endsWith(".ts")) return;
  // The module of `node --import tsx`: it registers itself.
  await import(pathToFileURL(resolveFrom(folder, "tsx", "tsx")).href);
}

/**
 * What Node is told to run the project's TypeScript. Packages are loaded before tsx is there: each module that it looks at costs a
 * message to another thread (Node 20), and of a package it changes none.
 */
export function typeScriptArguments(): readonly string[] {
  // In the build this file is part of a chunk, whose folder lies beside the command's.
  const isBuilt = import.meta.url.endsWith(".js");
  const packages = isBuilt ? [new URL("../cli/preload.js", import.meta.url).href] : ["hono", "zod", "kysely"];
  return [...packages, "tsx"].flatMap((name) => ["--import", name]);
}

/** The file that a module name means in the project's folder. */
export function resolveFrom(folder: string, specifier: string, tool: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(specifier);
  } catch (cause) {
    throw toolMissing({ tool, cause });
  }
}

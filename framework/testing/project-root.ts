import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { appRoot } from "../kit/index.ts";

/** The app's folder of the project that tests run in, as the commands find it: `"buffkit": { "main", "root" }` in its package.json. */
export function projectRoot(from = process.cwd()): string {
  let folder = from;
  while (!existsSync(join(folder, "package.json"))) {
    if (dirname(folder) === folder) return from;
    folder = dirname(folder);
  }
  const { main = "app/main.ts", root } = readSettings(join(folder, "package.json"));
  return root === undefined ? appRoot(resolve(folder, main)) : resolve(folder, root);
}

function readSettings(file: string): { readonly main?: string; readonly root?: string } {
  const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
  const settings = propertyOf(manifest, "buffkit");
  const main = propertyOf(settings, "main");
  const root = propertyOf(settings, "root");
  return { ...(typeof main === "string" ? { main } : {}), ...(typeof root === "string" ? { root } : {}) };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { appRoot } from "../kit/index.ts";

/** The project that tests run in, as the commands see it: `"buffkit": { "main", "root" }` in its package.json. */
export interface TestProject {
  readonly folder: string;
  /** The app's folder, with `migrations/` and `public/`. */
  readonly root: string;
  /** The module `app` beside the main module, if there is one. */
  readonly app: string | undefined;
}

/** The project of the working directory, which may be a folder below. */
export function readTestProject(from = process.cwd()): TestProject {
  let folder = from;
  while (!existsSync(join(folder, "package.json"))) {
    if (dirname(folder) === folder) return { folder: from, root: from, app: undefined };
    folder = dirname(folder);
  }
  const { main = "app/main.ts", root } = readSettings(join(folder, "package.json"));
  const modules = [".tsx", ".ts", ".js"].map((ending) => join(folder, dirname(main), `app${ending}`));
  return {
    folder,
    root: root === undefined ? appRoot(resolve(folder, main)) : resolve(folder, root),
    app: modules.find((file) => existsSync(file)),
  };
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

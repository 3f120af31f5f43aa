import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { appRoot } from "../../kit/index.ts";
import { manifestUnreadable } from "../errors.ts";

/** Where an app's files are, according to `"buffkit": { "main", "root" }` in its package.json. */
export interface Project {
  /** The folder with package.json. */
  readonly folder: string;
  /** The module that starts the app. Default: `app/main.ts`. */
  readonly main: string;
  /** The folder with `migrations/` and `public/`. Default: what `start` finds, upward from `main`; at most the project's folder. */
  readonly root: string;
}

/** The files an app runs from: its sources or its build. */
export interface AppFiles {
  readonly isBuilt: boolean;
  readonly main: string;
  /** The module that exports `createApp`, next to `main`; without its extension. */
  readonly app: string;
  readonly root: string;
}

/** Reads the project in the working directory. Throws `CLI_MANIFEST_UNREADABLE`. */
export function readProject(folder = process.cwd()): Project {
  const settings = readSettings(join(folder, "package.json"));
  const main = resolve(folder, settings.main ?? "app/main.ts");
  const root = settings.root === undefined ? rootInside(folder, main) : resolve(folder, settings.root);
  return { folder, main, root };
}

function rootInside(folder: string, main: string): string {
  const root = appRoot(main);
  return root.startsWith(folder + sep) ? root : folder;
}

export function sourceFiles({ main, root }: Project): AppFiles {
  return { isBuilt: false, main, root, app: join(dirname(main), "app") };
}

/** The same files in `dist/`, where `buffkit build` puts them. */
export function builtFiles({ folder, main, root }: Project): AppFiles {
  const built = (path: string) => join(folder, "dist", relative(folder, path));
  return {
    isBuilt: true,
    main: built(main).replace(/\.tsx?$/, ".js"),
    root: built(root),
    app: built(join(dirname(main), "app")),
  };
}

function readSettings(file: string): { readonly main?: string; readonly root?: string } {
  if (!existsSync(file)) return {};
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
    const settings = propertyOf(manifest, "buffkit");
    return { ...textOf(settings, "main"), ...textOf(settings, "root") };
  } catch (cause) {
    throw manifestUnreadable({ file, cause });
  }
}

function textOf<Name extends string>(settings: unknown, name: Name): { [Key in Name]?: string } {
  const value = propertyOf(settings, name);
  const read: { [Key in Name]?: string } = {};
  if (typeof value === "string") read[name] = value;
  return read;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { exports as exportedPaths } from "resolve.exports";
import { z } from "zod";
import { packageMissing } from "./errors.ts";

/** A module file within an installed package. */
export interface ResolvedModule {
  readonly packageName: string;
  readonly version: string;
  /** Folder of the package. */
  readonly folder: string;
  /** Path of the module within the package, with forward slashes. */
  readonly path: string;
}

/**
 * Finds the file that a browser should load for `package` or `package/path`, in the `node_modules` of a folder or above. Respects the
 * package's `exports` (conditions browser, import, module, default), then `module` and `main`. Throws `ASSETS_PACKAGE_NOT_FOUND`.
 */
export function resolveModule(folder: string, specifier: string): ResolvedModule {
  const parts = specifier.split("/");
  const packageName = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const subpath = parts.slice(specifier.startsWith("@") ? 2 : 1).join("/");
  const root = packageFolder(folder, packageName);
  if (!root) throw packageMissing({ specifier, folder });
  const manifest = readManifest(root);
  const candidates = [...exportTargets(manifest, subpath), ...fallbacks(manifest, subpath)];
  const path = candidates.find((candidate) => isFileInside(root, candidate));
  if (path === undefined) throw packageMissing({ specifier, folder });
  return { packageName, version: manifest.version, folder: root, path: path.replace(/^\.\//, "") };
}

function packageFolder(from: string, name: string): string | null {
  if (!/^(@[\w.~-]+\/)?[\w.~-]+$/.test(name) || name.startsWith(".")) return null;
  for (let at = resolve(from); ; at = dirname(at)) {
    const candidate = join(at, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (dirname(at) === at) return null;
  }
}

const path = z.string().optional().catch(undefined);
const manifestSchema = z.looseObject({
  name: z.string().default(""),
  version: z.string().default("0.0.0"),
  module: path,
  // An object of replacements names no entry.
  browser: path,
  main: path,
});
type Manifest = z.infer<typeof manifestSchema>;

function readManifest(folder: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}

function exportTargets(manifest: Manifest, subpath: string): readonly string[] {
  try {
    return exportedPaths(manifest, subpath || ".", { browser: true, conditions: ["module"] }) ?? [];
  } catch {
    // Not exported. A file of that name may still be there: browsers don't care about `exports`.
    return [];
  }
}

function fallbacks({ module, browser, main }: Manifest, subpath: string): readonly string[] {
  if (subpath !== "") return [subpath, `${subpath}.js`, `${subpath}.mjs`, `${subpath}/index.js`];
  return [module, browser, main, "index.js"].filter((file) => file !== undefined);
}

function isFileInside(root: string, path: string): boolean {
  const file = join(root, path);
  return existsSync(file) && statSync(file).isFile() && realpathSync(file).startsWith(realpathSync(root) + sep);
}

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
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
 * Finds the file that a browser should load for `package` or `package/path`, in the `node_modules` of a folder or above. Honours the
 * package's `exports` (conditions browser, import, module, default), then `module` and `main`. Throws `ASSETS_PACKAGE_NOT_FOUND`.
 */
export function resolveModule(folder: string, specifier: string): ResolvedModule {
  const parts = specifier.split("/");
  const packageName = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const subpath = parts.slice(specifier.startsWith("@") ? 2 : 1).join("/");
  const root = packageFolder(folder, packageName);
  if (!root) throw packageMissing({ specifier, folder });
  const manifest = readManifest(root);
  const candidates = [exportTarget(manifest.exports, subpath), ...fallbacks(manifest, subpath)];
  const path = candidates.find((candidate) => candidate !== null && isFileInside(root, candidate));
  if (path === undefined || path === null) throw packageMissing({ specifier, folder });
  return { packageName, version: String(manifest.version ?? "0.0.0"), folder: root, path: path.replace(/^\.\//, "") };
}

function packageFolder(from: string, name: string): string | null {
  if (!/^(@[\w.~-]+\/)?[\w.~-]+$/.test(name) || name.startsWith(".")) return null;
  for (let at = resolve(from); ; at = dirname(at)) {
    const candidate = join(at, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (dirname(at) === at) return null;
  }
}

function fallbacks(manifest: Record<string, unknown>, subpath: string): (string | null)[] {
  if (subpath !== "") return [subpath, `${subpath}.js`, `${subpath}.mjs`, `${subpath}/index.js`];
  return [manifest.module, manifest.browser, manifest.main, "index.js"].map((value) =>
    typeof value === "string" ? value : null,
  );
}

function exportTarget(exported: unknown, subpath: string): string | null {
  const key = subpath === "" ? "." : `./${subpath}`;
  if (!isRecord(exported) || !Object.keys(exported).some((name) => name.startsWith("."))) {
    return key === "." ? conditionTarget(exported) : null;
  }
  if (key in exported) return conditionTarget(exported[key]);
  for (const [pattern, target] of Object.entries(exported)) {
    const [before = "", after] = pattern.split("*");
    if (after === undefined || !key.startsWith(before) || !key.endsWith(after)) continue;
    return conditionTarget(target)?.replaceAll("*", key.slice(before.length, key.length - after.length)) ?? null;
  }
  return null;
}

const conditions = new Set(["browser", "import", "module", "default"]);

/** Of nested conditions the first that applies, in the order in which the package lists them, as Node's resolution does. */
function conditionTarget(target: unknown): string | null {
  if (typeof target === "string") return target;
  if (Array.isArray(target)) return target.map(conditionTarget).find((found) => found !== null) ?? null;
  if (!isRecord(target)) return null;
  for (const [condition, nested] of Object.entries(target)) {
    const found = conditions.has(condition) ? conditionTarget(nested) : null;
    if (found !== null) return found;
  }
  return null;
}

function isFileInside(root: string, path: string): boolean {
  const file = join(root, path);
  return existsSync(file) && statSync(file).isFile() && realpathSync(file).startsWith(realpathSync(root) + sep);
}

function readManifest(folder: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

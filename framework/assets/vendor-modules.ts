import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { notAModule } from "./errors.ts";
import { fingerprint } from "./fingerprint.ts";
import { isModule, moduleImports } from "./module-imports.ts";
import type { Pin } from "./pin.ts";
import { type ResolvedModule, resolveModule } from "./resolve-module.ts";
import { openVendorLedger } from "./vendor-ledger.ts";

export interface VendorOptions {
  /** Folder whose `node_modules` has the packages. */
  readonly project: string;
  /** The `public` folder to copy to, into its subfolder `vendor`. */
  readonly publicFolder: string;
}

/**
 * Copies installed modules, and everything they import, into `public/vendor`, and returns their pins: one for each specifier and for
 * each package they import by name. A single file gets the content hash in its name (`vendor/lit.1a2b3c4d.js`); a module of several
 * files keeps its tree in `vendor/package@version.1a2b3c4d/`, with the hash of all its files. Prefers a minified version (`x.min.js`).
 * Throws `ASSETS_PACKAGE_NOT_FOUND` and `ASSETS_NOT_A_MODULE`.
 */
export function vendorModules(specifiers: readonly string[], options: VendorOptions): Readonly<Record<string, Pin>> {
  const ledger = openVendorLedger(options.publicFolder);
  const pins: Record<string, Pin> = {};
  const waiting = [...specifiers];
  for (let specifier = waiting.pop(); specifier !== undefined; specifier = waiting.pop()) {
    if (specifier in pins) continue;
    const found = collectFiles(specifier, resolveModule(options.project, specifier));
    ledger.write(specifier, { source: found.source, to: found.to, files: [...found.contents.keys()] }, found.contents);
    pins[specifier] = { to: found.to };
    waiting.push(...found.needs);
  }
  return pins;
}

/** Copies every vendored package whose installed version has changed, and returns the new pins. Leaves all other files alone. */
export function syncVendored(options: VendorOptions): Readonly<Record<string, Pin>> {
  const outdated = [...openVendorLedger(options.publicFolder).entries()].filter(([specifier, entry]) => {
    if (entry.source.startsWith("https://")) return false;
    const { packageName, version } = resolveModule(options.project, specifier);
    return entry.source !== `${packageName}@${version}`;
  });
  return vendorModules(
    outdated.map(([specifier]) => specifier),
    options,
  );
}

/** Deletes vendored modules that no pin uses any more, and returns their specifiers. Never touches files that weren't vendored. */
export function cleanVendored(publicFolder: string, pins: Readonly<Record<string, Pin>>): string[] {
  const ledger = openVendorLedger(publicFolder);
  const used = new Set(Object.values(pins).flatMap((pin) => [pin.to, pin.devTo]));
  const unused = [...ledger.entries()].filter(([, entry]) => !used.has(entry.to)).map(([specifier]) => specifier);
  for (const specifier of unused) ledger.remove(specifier);
  return unused;
}

interface CollectedFiles {
  readonly source: string;
  readonly to: string;
  readonly contents: ReadonlyMap<string, string>;
  /** Packages the files import by name. */
  readonly needs: readonly string[];
}

function collectFiles(specifier: string, module: ResolvedModule): CollectedFiles {
  const entry = preferMinified(module);
  const sources = readTree(module.folder, entry);
  const source = `${module.packageName}@${module.version}`;
  const entrySource = sources.get(entry) ?? "";
  if (!isModule(entrySource)) throw notAModule({ specifier, file: `${module.packageName}/${entry}` });
  const needs = [...sources.values()]
    .flatMap(moduleImports)
    .filter((name) => /^[@\w]/.test(name) && !name.includes(":"));
  if (sources.size === 1) {
    const to = `vendor/${specifier
      .replace(/\.m?js$/, "")
      .replaceAll("@", "")
      .replaceAll("/", "--")}.${fingerprint(entrySource)}.js`;
    return { source, to, contents: new Map([[to, entrySource]]), needs };
  }
  const folder = `vendor/${source}.${fingerprint([...sources].flat().join("\0"))}`;
  const contents = new Map([...sources].map(([path, text]) => [`${folder}/${path}`, text]));
  return { source, to: `${folder}/${entry}`, contents, needs };
}

function preferMinified(module: ResolvedModule): string {
  const minified = module.path.replace(/(\.min)?(\.m?js)$/, ".min$2");
  const isUsable =
    existsSync(join(module.folder, minified)) && isModule(readFileSync(join(module.folder, minified), "utf8"));
  return isUsable ? minified : module.path;
}

/** A module and everything it imports by relative path, keyed by path within the package. */
function readTree(folder: string, entry: string): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = join(folder, path);
    if (sources.has(path) || path.startsWith("..") || !existsSync(file)) continue;
    const source = readFileSync(file, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
    sources.set(path, source);
    const relatives = moduleImports(source).filter((name) => name.startsWith("."));
    for (const name of relatives) waiting.push(posix.join(posix.dirname(path), name));
  }
  return sources;
}

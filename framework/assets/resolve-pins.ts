import type { Logger } from "../base/index.ts";
import type { Assets } from "./create-assets.ts";
import type { Pin, PinEntry } from "./pin.ts";
import type { ImportMapJson } from "./validate-import-map.ts";

export interface ResolveContext {
  readonly assets: Assets;
  readonly log: Logger;
}

/** What the browser loads for a pin. If the file is missing, the pin's `cdn` is used, with a warning. Throws `ASSETS_NOT_FOUND` without one. */
export function resolvePin(specifier: string, pin: Pin, { assets, log }: ResolveContext): PinEntry {
  const target = assets.isDev ? (pin.devTo ?? pin.to) : pin.to;
  const common = { specifier, preload: pin.preload ?? false, scope: pin.scope ?? null };
  if (isUrl(target))
    return { ...common, url: target, integrity: pin.integrity ?? null, isLocal: target.startsWith("/") };
  if (target.endsWith("/")) return { ...common, url: assets.prefix + target, integrity: null, isLocal: true };
  const asset = assets.find(target);
  if (!asset && pin.cdn) {
    log.warn({ specifier, file: target, url: pin.cdn }, "a pinned module is not vendored; falling back to its CDN");
    return { ...common, url: pin.cdn, integrity: pin.integrity ?? null, isLocal: false };
  }
  const integrity = asset && !assets.isDev ? asset.integrity : null;
  return { ...common, url: assets.url(target), integrity, isLocal: true };
}

/** Builds the import map. In production it also maps relative imports between this site's modules to their hashed URLs. */
export function assembleImportMap(entries: readonly PinEntry[], assets: Assets): ImportMapJson {
  const imports: Record<string, string> = {};
  const scopes: Record<string, Record<string, string>> = {};
  const integrity: Record<string, string> = {};
  for (const entry of entries) {
    const group = entry.scope === null ? imports : (scopes[entry.scope] ?? {});
    group[entry.specifier] = entry.url;
    if (entry.scope !== null) scopes[entry.scope] = group;
    if (entry.integrity !== null) integrity[entry.url] = entry.integrity;
  }
  for (const [plain, hashed] of assets.isDev ? [] : modulesOf(assets)) {
    imports[plain] = hashed;
    for (const entry of entries.filter((candidate) => candidate.url.endsWith("/") && plain.startsWith(candidate.url))) {
      imports[entry.specifier + plain.slice(entry.url.length)] = hashed;
    }
  }
  return {
    imports,
    ...(Object.keys(scopes).length > 0 ? { scopes } : {}),
    ...(Object.keys(integrity).length > 0 ? { integrity } : {}),
  };
}

/** For every module in the asset roots: the URL that a relative import resolves to, and the one with the hash. */
function modulesOf(assets: Assets): [string, string][] {
  const modules = assets.paths().filter((path) => /\.m?js$/.test(path) && !path.endsWith(".min.js"));
  return modules
    .map((path): [string, string] => [assets.prefix + path, assets.url(path)])
    .filter(([plain, hashed]) => plain !== hashed);
}

function isUrl(target: string): boolean {
  return /^(\/|[a-z][a-z0-9+.-]*:)/i.test(target);
}

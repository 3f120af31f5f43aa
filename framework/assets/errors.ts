import { KitError } from "../base/index.ts";

export function assetMissing(facts: { path: string; roots: readonly string[] }): KitError {
  return new KitError({
    code: "ASSETS_NOT_FOUND",
    message: `The asset ${JSON.stringify(facts.path)} doesn't exist, or may not be served, in ${facts.roots.join(", ")}.`,
    hint: "Paths are relative to public/. Names with a leading dot and .map, .ts and .env files are never served.",
  });
}

export function rootMissing(facts: { root: string; cause: unknown }): KitError {
  return new KitError({
    code: "ASSETS_ROOT_NOT_FOUND",
    message: `Can't read the asset folder ${JSON.stringify(facts.root)}.`,
    hint: "Create it, or remove it from the list of roots.",
    cause: facts.cause,
  });
}

export function invalidImportMap(facts: { source: string; problems: readonly string[] }): KitError {
  return new KitError({
    code: "ASSETS_INVALID_IMPORT_MAP",
    message: `The import map in ${facts.source} is invalid:\n${facts.problems.map((problem) => `- ${problem}`).join("\n")}`,
  });
}

export function packageMissing(facts: { specifier: string; folder: string; cause?: unknown }): KitError {
  return new KitError({
    code: "ASSETS_PACKAGE_NOT_FOUND",
    message: `${JSON.stringify(facts.specifier)} isn't installed in ${facts.folder}, or has no module that browsers can load.`,
    hint: `Run \`npm install ${facts.specifier}\` first.`,
    cause: facts.cause,
  });
}

export function notAModule(facts: { specifier: string; file: string }): KitError {
  return new KitError({
    code: "ASSETS_NOT_A_MODULE",
    message: `${facts.file}, the entry of ${JSON.stringify(facts.specifier)}, isn't an ECMAScript module, so browsers can't import it.`,
    hint: "Look for an .esm.js or .mjs file in the package and use its path, such as package/dist/package.esm.js.",
  });
}

export function downloadFailed(facts: { url: string; reason: string }): KitError {
  return new KitError({
    code: "ASSETS_DOWNLOAD_FAILED",
    message: `Can't vendor ${facts.url}: ${facts.reason}.`,
    hint: "Install the package with npm and vendor it from node_modules instead.",
  });
}

export function ledgerTampered(facts: { path: string }): KitError {
  return new KitError({
    code: "ASSETS_LEDGER_TAMPERED",
    message: `vendor/vendored.json lists ${JSON.stringify(facts.path)}, which is outside vendor/.`,
    hint: "Delete that file and vendor the modules again.",
  });
}

import { KitError } from "../base/index.ts";

export function assetMissing(facts: { path: string; roots: readonly string[] }): KitError {
  return new KitError({
    code: "ASSETS_NOT_FOUND",
    message: `There is no asset ${JSON.stringify(facts.path)} that may be served in ${facts.roots.join(", ")}.`,
    hint: "Paths are relative to public/. Names that start with a dot and .map, .ts and .env files are never served.",
  });
}

export function rootMissing(facts: { root: string; cause: unknown }): KitError {
  return new KitError({
    code: "ASSETS_ROOT_NOT_FOUND",
    message: `The asset folder ${JSON.stringify(facts.root)} cannot be read.`,
    hint: "Create it, or take it out of the list of roots.",
    cause: facts.cause,
  });
}

export function invalidImportMap(facts: { source: string; problems: readonly string[] }): KitError {
  return new KitError({
    code: "ASSETS_INVALID_IMPORT_MAP",
    message: `The import map of ${facts.source} is invalid:\n${facts.problems.map((problem) => `- ${problem}`).join("\n")}`,
  });
}

export function packageMissing(facts: { specifier: string; folder: string; cause?: unknown }): KitError {
  return new KitError({
    code: "ASSETS_PACKAGE_NOT_FOUND",
    message: `No module for ${JSON.stringify(facts.specifier)} is installed in ${facts.folder}.`,
    hint: `Run "npm install ${facts.specifier}" first.`,
    cause: facts.cause,
  });
}

export function notAModule(facts: { specifier: string; file: string }): KitError {
  return new KitError({
    code: "ASSETS_NOT_A_MODULE",
    message: `${facts.file}, the entry of ${JSON.stringify(facts.specifier)}, is no ECMAScript module; browsers cannot import it.`,
    hint: "Look for an .esm.js or .mjs file in the package and name it, such as package/dist/package.esm.js.",
  });
}

export function downloadFailed(facts: { url: string; reason: string }): KitError {
  return new KitError({
    code: "ASSETS_DOWNLOAD_FAILED",
    message: `${facts.url} could not be vendored: ${facts.reason}.`,
    hint: "Install the package with npm and vendor it from node_modules instead.",
  });
}

export function ledgerTampered(facts: { path: string }): KitError {
  return new KitError({
    code: "ASSETS_LEDGER_TAMPERED",
    message: `vendor/vendored.json lists ${JSON.stringify(facts.path)}, which is outside of vendor/.`,
    hint: "Delete the file and vendor the modules again.",
  });
}

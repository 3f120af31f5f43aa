// Builds the template of new apps from the repository's own app/ and features/ and the files in variants/, as one JSON file: npm can't
// drop a .gitignore from it, test runners don't find tests in it, and it's read in one go.
//   node build-template.mjs [file]     default: dist/template.json
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { edits } from "./template/edits.mjs";
import { layers, sources } from "./template/sources.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..");

/** All files below a folder, with slashes, in order. */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== ".DS_Store")
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function fail(text) {
  throw new RangeError(`Can't build the template: ${text}`);
}

/** Replaces text that must occur exactly once; otherwise the app has changed, and the edit has to follow. */
function replaceOnce(path, text, [find, replacement]) {
  const parts = text.split(find);
  if (parts.length !== 2)
    fail(`${path} contains ${parts.length - 1} times instead of once:\n${find}\nUpdate template/edits.mjs.`);
  return parts.join(replacement);
}

function applyEdits(path, text) {
  return (edits[path] ?? []).reduce((result, edit) => {
    if (Array.isArray(edit)) return replaceOnce(path, result, edit);
    if (edit.append) return result + edit.append;
    const pieces = result.split(edit.every);
    if (pieces.length < 2) fail(`${path} doesn't contain:\n${edit.every}\nUpdate template/edits.mjs.`);
    return pieces.join(edit.becomes);
  }, text);
}

/** The repository's own files, with their paths in a new app. */
function ownFiles() {
  const found = sources.flatMap(({ from, to, when, skip }) => {
    const folder = join(root, from);
    return filesBelow(folder)
      .filter((name) => !skip?.(name))
      .map((name) => {
        const path = to(name);
        return path && { path, when, text: applyEdits(path, readFileSync(join(folder, name), "utf8")) };
      })
      .filter(Boolean);
  });
  const unused = Object.keys(edits).filter((path) => !found.some((file) => file.path === path));
  if (unused.length > 0) fail(`edits for files that don't exist: ${unused.join(", ")}`);
  return found;
}

/**
 * Files that only new apps have. Their names are disguised here: a leading `_` becomes a dot, and `.txt` is dropped from tests, and from
 * code that markers make unreadable to tools.
 */
function variantFiles() {
  return Object.entries(layers).flatMap(([layer, when]) => {
    const folder = join(here, "variants", layer);
    return filesBelow(folder).map((name) => ({
      path: name.replace(/(^|\/)_/g, "$1.").replace(/\.(tsx?|json)\.txt$/, ".$1"),
      when,
      text: readFileSync(join(folder, name), "utf8"),
    }));
  });
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Versions of the packages a new app installs: those the repository uses. */
function versions() {
  const { version, dependencies, devDependencies } = manifestOf(root);
  const own = manifestOf(here).version;
  if (own !== version) fail(`create-buffkit is ${own}, but buffkit is ${version}; they are released together.`);
  return { ...devDependencies, ...dependencies, buffkit: `^${version}` };
}

/** The template: all files with versions filled in, and the condition for each. */
export function buildTemplate() {
  const files = [...ownFiles(), ...variantFiles()].sort((one, other) => (one.path < other.path ? -1 : 1));
  const known = versions();
  const withVersions = files.map((file) => ({
    ...file,
    text: file.text.replace(/<<version ([@\w/.-]+)>>/g, (_, name) => known[name] ?? fail(`${name} has no version`)),
  }));
  return { files: withVersions };
}

export function writeTemplate(file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(buildTemplate()));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeTemplate(process.argv[2] ?? join(here, "dist", "template.json"));
}

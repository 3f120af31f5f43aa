import { basename, resolve } from "node:path";
import { badName } from "./errors.ts";

export interface ProjectPlace {
  /** Absolute path of the new app's folder. */
  readonly folder: string;
  /** Its name in package.json. */
  readonly name: string;
  /** Its name for people: "my-app" becomes "My app". */
  readonly title: string;
}

// Packages may not be called like these, or they could not be told from Node's own.
const reserved = new Set(["node_modules", "favicon.ico", "buffkit", "hono", "kysely", "zod", "test", "con", "nul"]);

/** Reads what the person typed, a name or a path; `.` is the folder in which they are. Throws a `Refusal` that says what is wrong. */
export function readPlace(typed: string, workingFolder: string): ProjectPlace {
  const folder = resolve(workingFolder, typed.trim());
  // The folder in which somebody stands has its name already; npm's rules bend that name, not the folder.
  const name = typed.trim() === "." ? suggestionFor(basename(folder)) : basename(folder);
  const reason = typed.trim() === "" ? "it is empty" : problemOf(name);
  if (reason) throw badName({ name: typed.trim() === "" ? "" : name, reason });
  return { folder, name, title: titleOf(name) };
}

/** What is wrong with a package's name (npm's rules for new packages), or null. */
export function problemOf(name: string): string | null {
  if (name === "") return "it is empty";
  if (name.length > 100) return "it is longer than 100 characters";
  if (/[A-Z]/.test(name)) return `npm takes no upper case; ${suggestionFor(name)} would do`;
  if (/\s/.test(name)) return `it has a space; ${suggestionFor(name)} would do`;
  if (/^[._]/.test(name)) return `it starts with "${name[0]}"`;
  if (name.startsWith("-")) return "it starts with a dash and looks like an option";
  const strange = /[^a-z0-9._-]/.exec(name);
  if (strange) return `it has "${strange[0]}" in it`;
  if (reserved.has(name)) return "that name is taken by something else";
  return null;
}

function suggestionFor(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, "-");
}

function titleOf(name: string): string {
  const words = name.replace(/[._-]+/g, " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

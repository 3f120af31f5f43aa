import { basename, resolve } from "node:path";
import { badName } from "./errors.ts";

export interface ProjectLocation {
  /** Absolute path of the new app's folder. */
  readonly folder: string;
  /** Its name in package.json. */
  readonly name: string;
  /** Its display name: "my-app" becomes "My app". */
  readonly title: string;
}

// Names npm refuses, or that would clash with a dependency or a device.
const reserved = new Set(["node_modules", "favicon.ico", "buffkit", "hono", "kysely", "zod", "test", "con", "nul"]);
const maxLength = 100;

/** Parses a name or a path; `.` is the working folder. Throws a `CreateError` if the name isn't valid. */
export function parseLocation(typed: string, workingFolder: string): ProjectLocation {
  const folder = resolve(workingFolder, typed.trim());
  // The working folder keeps its name; only the package's name is adapted to npm's rules.
  const name = typed.trim() === "." ? suggestionFor(basename(folder)) : basename(folder);
  const reason = typed.trim() === "" ? "it is empty" : nameProblem(name);
  if (reason) throw badName({ name: typed.trim() === "" ? "" : name, reason });
  return { folder, name, title: titleOf(name) };
}

/** What is wrong with a package name (npm's rules for new packages), or null. */
export function nameProblem(name: string): string | null {
  if (name === "") return "it is empty";
  const fault = faultOf(name);
  return fault && `${fault}; try ${suggestionFor(name)}`;
}

function faultOf(name: string): string | null {
  if (name.length > maxLength) return `it is longer than ${maxLength} characters`;
  if (/[A-Z]/.test(name)) return "it has uppercase letters";
  if (/\s/.test(name)) return "it has a space";
  if (/^[._]/.test(name)) return `it starts with "${name[0]}"`;
  if (name.startsWith("-")) return "it starts with a dash";
  const strange = /[^a-z0-9._-]/u.exec(name);
  if (strange) return `it contains "${strange[0]}"`;
  if (reserved.has(name)) return "that name is reserved";
  return null;
}

/** A valid name that looks like the given one. */
function suggestionFor(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, maxLength)
    .replace(/[._-]+$/, "");
  if (plain === "") return "my-app";
  return reserved.has(plain) ? `${plain}-app` : plain;
}

function titleOf(name: string): string {
  const words = name.replace(/[._-]+/g, " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

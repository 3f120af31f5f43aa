// Checks that `npm ci` accepts the lock file in every version of npm: npm 11 refuses one that lacks an optional package for another
// platform. No entry may name the registry that it came from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./prepare.mjs";

const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));

/** Whether node_modules of the package, or of a folder above it, holds the dependency. */
function isLocked(place, name) {
  const candidates = [`${place}/node_modules/${name}`];
  for (let folder = place; folder !== ""; ) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/")));
    candidates.push(`${folder}node_modules/${name}`);
    folder = folder.replace(/\/$/, "");
  }
  return candidates.some((candidate) => candidate.replace(/^\//, "") in packages);
}

const problems = [];
for (const [place, { optionalDependencies = {}, resolved }] of Object.entries(packages)) {
  if (resolved?.startsWith("http")) problems.push(`${place} names a registry`);
  for (const name of Object.keys(optionalDependencies)) {
    if (!isLocked(place, name)) problems.push(`${name}, optional for ${place}, isn't in package-lock.json`);
  }
}
for (const problem of problems) process.stdout.write(`${problem}\n`);
if (problems.length > 0) {
  process.stdout.write("\nRun `npm install` with npm 11, and commit package-lock.json.\n");
  process.exit(1);
}
process.stdout.write("The lock file is complete.\n");

// Checks the import rules of ARCHITECTURE.md: arrows go to a lower level only, another room is entered by its door, nobody uses its own.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { root } from "./prepare.mjs";

// The table "Who may know whom" of ARCHITECTURE.md. A file that lies directly in framework/ is the front door.
const levels = [
  ["framework/base"],
  ["framework/html", "framework/db", "framework/secure", "framework/forms"],
  ["framework/sse", "framework/jobs", "framework/assets", "components", "mail", "migrations"],
  ["framework/auth"],
  ["framework/kit"],
  ["framework/dev"],
  ["framework"],
  ["framework/cli", "framework/testing"],
  ["app", "examples"],
  ["features", "bench", "scripts"],
];
const rooms = levels.flat().sort((left, right) => right.length - left.length);
const levelOf = (room) => levels.findIndex((level) => level.includes(room));
const roomOf = (file) => rooms.find((room) => file.startsWith(`${room}/`));

/** The doors by which one package is entered from outside. */
const publicDoors = {
  buffkit: "framework",
  "buffkit/components": "components",
  "buffkit/mail": "mail",
  "buffkit/testing": "framework/testing",
};

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** Templates of the generators import as the app does that they become part of. */
const isTemplate = (file, specifier) => file.startsWith("framework/cli/generate/") && !specifier.startsWith(".");

function complaint(file, specifier) {
  if (isTemplate(file, specifier)) return undefined;
  const room = roomOf(file);
  const isTest = /\.test\.tsx?$|-conformance\.tsx?$|\/conformance\//.test(file);
  const target = specifier.startsWith(".") ? posix.normalize(posix.join(dirname(file), specifier)) : undefined;
  const targetRoom = target ? roomOf(target) : publicDoors[specifier];
  if (!room || !targetRoom) return undefined;
  if (target === `${room}/index.ts` && file !== target && room !== "framework")
    return "a file never imports its own door";
  if (room === targetRoom) return undefined;
  if (room.startsWith("app") || room === "examples") return target ? "apps use the public doors only" : undefined;
  // Tests may use the test helpers, which stand above their room.
  if (isTest && targetRoom === "framework/testing") return undefined;
  const isDoor = target === undefined || target === `${targetRoom}/index.ts` || targetRoom === "migrations";
  if (!isDoor && targetRoom !== "framework") return `${targetRoom} is entered by its door`;
  if (levelOf(targetRoom) >= levelOf(room) && !(isTest && levelOf(targetRoom) === levelOf(room)))
    return `${room} may not know ${targetRoom}`;
  return undefined;
}

const complaints = [];
for (const file of ["app", "bench", "components", "examples", "features", "framework", "mail", "migrations"].flatMap(
  sources,
)) {
  const text = readFileSync(join(root, file), "utf8");
  for (const [, named, lazy] of text.matchAll(
    /^\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  )) {
    const specifier = named ?? lazy;
    const reason = complaint(file, specifier);
    if (reason) complaints.push(`${file}: "${specifier}": ${reason}`);
  }
}
for (const line of complaints) process.stdout.write(`${line}\n`);
process.stdout.write(
  complaints.length === 0
    ? "The rooms keep to their rules.\n"
    : `\n${complaints.length} imports break the rules of ARCHITECTURE.md.\n`,
);
process.exit(complaints.length === 0 ? 0 : 1);

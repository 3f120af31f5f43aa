// Checks the import rules of ARCHITECTURE.md, whose tables it reads: imports go to a lower level only, and to the door of another
// room. Biome finds cycles (`noImportCycles`).
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { root } from "./prepare.mjs";

/** The code blocks below "Who may know whom": the levels of rooms, and the rooms inside rooms. */
function readTables() {
  const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const section = page.split("\n## ").find((part) => part.startsWith("Who may know whom"));
  const [rooms, inner] = [...(section ?? "").matchAll(/```\n(.*?)\n```/gs)].map(([, block]) => block.split("\n"));
  if (rooms === undefined || inner === undefined) {
    throw new Error('ARCHITECTURE.md: two code blocks are expected below "Who may know whom"');
  }
  const levels = rooms.map((line) => line.split(" ").slice(1));
  const subrooms = inner.map((line) => {
    const [room, order] = line.split(": ");
    return [room, order.split(" │ ").map((names) => names.split(" "))];
  });
  return { levels, subrooms: new Map(subrooms) };
}

const { levels, subrooms } = readTables();
const longestFirst = (left, right) => right.length - left.length;
const rooms = levels.flat().sort(longestFirst);
const levelOf = (room) => levels.findIndex((level) => level.includes(room));
const roomOf = (file) => rooms.find((room) => file.startsWith(`${room}/`));

/** The room inside `room` that a file is in, with its level; undefined for the files next to those rooms. */
function subroomOf(room, file) {
  const order = subrooms.get(room) ?? [];
  const name = order
    .flat()
    .sort(longestFirst)
    .find((name) => file.startsWith(`${room}/${name}/`));
  return name && { name, level: order.findIndex((names) => names.includes(name)) };
}

/** The public entry points of the package. */
const publicDoors = {
  buffkit: "framework",
  "buffkit/components": "components",
  "buffkit/mail": "mail",
  "buffkit/testing": "framework/testing",
  "buffkit/testing/playwright": "framework/testing",
};

function sources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** Generator templates import what the app that they become part of imports. */
const isTemplate = (file, specifier) => file.startsWith("framework/cli/generate/") && !specifier.startsWith(".");

/** Tests, and files that only tests use. */
const isTestFile = (file) =>
  /\.(test|fixture)\.tsx?$|-conformance\.tsx?$|\/conformance\/|\/test-[a-z]+\.tsx?$/.test(file);

function insideComplaint(room, file, target) {
  const from = subroomOf(room, file);
  const to = subroomOf(room, target);
  if (!from || !to || from.name === to.name || to.level < from.level || isTestFile(file)) return undefined;
  return `inside ${room}, ${from.name} may not know ${to.name}`;
}

function complaint(file, specifier) {
  if (isTemplate(file, specifier)) return undefined;
  const room = roomOf(file);
  const isTest = isTestFile(file);
  const target = specifier.startsWith(".") ? posix.normalize(posix.join(dirname(file), specifier)) : undefined;
  const targetRoom = target ? roomOf(target) : publicDoors[specifier];
  if (!room || !targetRoom) return undefined;
  if (target === `${room}/index.ts` && file !== target && room !== "framework")
    return "a file never imports its own door";
  if (room === targetRoom) return target && insideComplaint(room, file, target);
  if (room.startsWith("app") || room === "examples") return target ? "apps use the public doors only" : undefined;
  if (targetRoom === "framework/test-support") {
    return isTest || levelOf(room) === levels.length - 1 ? undefined : "only tests use framework/test-support";
  }
  // Tests may use the test helpers, although they are on a higher level.
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

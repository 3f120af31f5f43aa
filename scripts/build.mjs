// `npm run build`: the framework into a few modules, because loading hundreds takes longer than running them; the reference app and the
// migrations file by file, as any app is built; declarations for all of them; data files are copied next to the code.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { prepare, root, run } from "./prepare.mjs";
import { isStamped, stamp } from "./stamps.mjs";

const rooms = ["app", "components", "framework", "mail", "migrations"];
const bundledRooms = ["components", "framework", "mail"];
const compiler = join(root, "node_modules", ".bin", "tsc");

/** Data files that code reads at run time (word lists, templates, the app's public folder). */
function copyData(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || /\.(ts|tsx|md)$/.test(entry.name)) continue;
    const from = join(entry.parentPath, entry.name);
    cpSync(from, join(root, "dist", relative(root, from)));
  }
}

/** The bundle replaces the compiler's own modules; its declarations stay. */
function removeModules(folder) {
  for (const entry of readdirSync(join(root, "dist", folder), { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.js(\.map)?$/.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
  }
}

/** Writes dist/. Resolves to the result of the compiler. */
async function build(compilerOptions, options) {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const result = await run(compiler, ["-p", "tsconfig.build.json", ...compilerOptions], options);
  if (result.code !== 0) return result;
  for (const room of bundledRooms) removeModules(room);
  for (const room of rooms) copyData(room);
  await bundle(join(root, "dist"));
  stamp("built");
  return result;
}

/** Type-checks the whole repository as one program, unless that was done since the last change. */
export async function ensureTypes(options) {
  if (isStamped("types")) return { code: 0, output: "" };
  const memory = join(root, "node_modules", ".cache", "types.tsbuildinfo");
  const result = await run(compiler, ["--noEmit", "-p", ".", "--incremental", "--tsBuildInfoFile", memory], options);
  if (result.code === 0) stamp("types");
  return result;
}

/** Builds unless dist/ is up to date. Leaves type checking to `ensureTypes`, which checks the tests as well. */
export async function ensureBuilt(options) {
  return isStamped("built") ? { code: 0, output: "" } : await build(["--noCheck"], options);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await prepare();
  const { code } = await build([]);
  process.exit(code);
}

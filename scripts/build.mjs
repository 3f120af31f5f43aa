// `npm run build`: the framework into a few modules, as loading hundreds takes longer than running them; the reference app and the
// migrations file by file, as any app is built; declarations for all; what is not code is copied beside it.
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { bundle } from "./bundle.mjs";
import { prepare, root, run } from "./prepare.mjs";

const rooms = ["app", "components", "framework", "mail", "migrations"];
const bundledRooms = ["components", "framework", "mail"];

/** Data files that code reads at run time (word lists, templates, the app's public folder). */
function copyData(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || /\.(ts|tsx|md)$/.test(entry.name)) continue;
    const from = join(entry.parentPath, entry.name);
    cpSync(from, join(root, "dist", relative(root, from)));
  }
}

/** The compiler's own modules give way to the bundle; its declarations stay. */
function removeModules(folder) {
  for (const entry of readdirSync(join(root, "dist", folder), { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.js(\.map)?$/.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
  }
}

await prepare();
rmSync(join(root, "dist"), { recursive: true, force: true });
const { code } = await run(join(root, "node_modules", ".bin", "tsc"), ["-p", "tsconfig.build.json"]);
if (code !== 0) process.exit(code);
for (const room of bundledRooms) removeModules(room);
for (const room of rooms) copyData(room);
await bundle(join(root, "dist"));

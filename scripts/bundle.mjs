// Bundles the framework into a few modules. Packages stay external, except those in `inlined`.
//   node scripts/bundle.mjs <folder>     writes them there; `npm run build` into dist/
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./prepare.mjs";

/** Kysely has 279 modules, a third of the start-up time; bundled, it takes a tenth of that. lucia has 18, most of them unused. */
const inlined = ["kysely", "lucia"];
/** Their dependencies. */
const inlinedWith = ["@oslojs/encoding", "@oslojs/binary"];
/** Comes with the app, without being a peer dependency; see create-playwright-test.ts. */
const fromTheApp = ["@playwright/test"];

/** Bundles the entry points, the CLI, its preload module and what migrations import into `outdir`, each at the path of its source. */
export async function bundle(outdir) {
  const { build } = await import("esbuild");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const doors = Object.values(manifest.exports).flatMap((door) => (door.default ? [door.default] : []));
  // Migrations stay separate files, because their checksum is recorded; this is what they import.
  const built = [
    ...doors,
    manifest.bin.buffkit,
    "./dist/framework/cli/preload.js",
    "./dist/framework/testing/playwright/serve-app.js",
    "./dist/framework/db/index.js",
  ];
  const packages = [...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }), ...fromTheApp];
  const external = packages.filter((name) => !inlined.includes(name));
  await build({
    absWorkingDir: root,
    entryPoints: built.map((file) => file.replace("./dist/", "").replace(/\.js$/, ".ts")),
    outdir,
    outbase: ".",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: external.flatMap((name) => [name, `${name}/*`]),
    sourcemap: true,
    chunkNames: "framework/chunks/[name]-[hash]",
    logLevel: "warning",
  });
  for (const name of [...inlined, ...inlinedWith]) {
    const license = `LICENSE-${name.replace("/", "-")}`;
    cpSync(join(root, "node_modules", name, "LICENSE"), join(outdir, "framework", "chunks", license));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(process.argv[2]);

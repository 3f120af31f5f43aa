import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const cache = fileURLToPath(new URL("../../node_modules/.cache/programs", import.meta.url));
/** Packages with native parts, or that look for files of their own. */
const external = ["@node-rs/*", "better-sqlite3", "bullmq", "ioredis", "mysql2", "pg", "pino"];
const bundled = new Map<string, string>();

/**
 * Bundles a TypeScript program of this repository once per process, and returns the file to run. Starting it takes a fraction of the time
 * that loading some hundred sources takes.
 */
export function bundleProgram(file: string): string {
  const known = bundled.get(file);
  if (known !== undefined) return known;
  const outfile = join(cache, `${basename(file, ".ts")}-${process.pid}.mjs`);
  buildSync({
    entryPoints: [file],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external,
  });
  process.once("exit", () => rmSync(outfile, { force: true }));
  bundled.set(file, outfile);
  return outfile;
}

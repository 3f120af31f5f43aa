import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { benchRoot } from "./paths.ts";

/** A compiled program, or why there is none. */
export type Program = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };

/** Compiles a C file of this folder into bench/results/bin with the first compiler found. */
export function compile(source: string): Program {
  const compiler = ["cc", "gcc", "clang"].find((name) => spawnSync(name, ["--version"]).status === 0);
  if (compiler === undefined) return { ok: false, reason: "no C compiler (cc, gcc, clang)" };
  const folder = join(benchRoot, "results", "bin");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, basename(source, ".c"));
  const run = spawnSync(compiler, ["-O2", "-o", path, join(benchRoot, source)], { encoding: "utf8" });
  return run.status === 0
    ? { ok: true, path }
    : { ok: false, reason: `${compiler}: ${run.stderr.trim().slice(0, 300)}` };
}

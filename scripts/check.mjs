// `npm run check`: format, lint and import rules, types, unused code, and the package as npm will see it. Ends at the first failure.
import { join } from "node:path";
import { prepare, root, run } from "./prepare.mjs";

const bin = (name) => join(root, "node_modules", ".bin", name);
const steps = [
  ["format, lint, import rules", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["rooms", process.execPath, ["scripts/check-rooms.mjs"]],
  ["types", bin("tsc"), ["--noEmit", "-p", "."]],
  ["build", process.execPath, ["scripts/build.mjs"]],
  ["types of the scenarios", bin("tsc"), ["--noEmit", "-p", "features"]],
  ["unused code and packages", bin("knip"), []],
  ["package", bin("publint"), ["--strict"]],
  ["package types", bin("attw"), ["--pack", ".", "--profile", "esm-only"]],
];

await prepare();
for (const [name, command, args] of steps) {
  const started = Date.now();
  const { code, output } = await run(command, args, { quiet: true });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)\n`);
  if (code === 0) continue;
  process.stdout.write(`\n${output}\n`);
  process.exit(1);
}

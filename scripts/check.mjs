// `npm run check`: format, lint and import rules, words, types, unused code, and the package as npm will see it. Two steps
// at a time; stops at the first failure.
import { join } from "node:path";
import { ensureBuilt, ensureTypes } from "./build.mjs";
import { prepare, root, run } from "./prepare.mjs";

const bin = (name) => join(root, "node_modules", ".bin", name);
const quiet = { quiet: true };
const command = (name, args) => () => run(name, args, quiet);
/** The steps of a row run one after the other, next to those of the other row. */
const rows = [
  [
    ["types", () => ensureTypes(quiet)],
    ["build", () => ensureBuilt(quiet)],
    ["unused code and packages", command(bin("knip"), [])],
    ["package", command(bin("publint"), ["--strict"])],
    ["package types", command(bin("attw"), ["--pack", ".", "--profile", "esm-only"])],
  ],
  [
    ["format, lint, import cycles", command(bin("biome"), ["check", "--error-on-warnings", "."])],
    ["rooms", command(process.execPath, ["scripts/check-rooms.mjs"])],
    ["words", command(process.execPath, ["scripts/check-words.mjs"])],
    ["lock file", command(process.execPath, ["scripts/check-lock.mjs"])],
  ],
];

async function takeSteps(steps) {
  for (const [name, step] of steps) {
    const started = Date.now();
    const { code, output } = await step();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)\n`);
    if (code === 0) continue;
    process.stdout.write(`\n${output}\n`);
    process.exit(1);
  }
}

await prepare();
await Promise.all(rows.map(takeSteps));

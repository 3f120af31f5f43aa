// `npm test`: installs what is missing, then runs the type check, unit tests and all scenarios, and prints the counts.
//   npm test -- --unit            only the unit tests
//   npm test -- --features [...]  only the scenarios; further arguments go to Playwright (e.g. --grep "mail")
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt, ensureTypes } from "./build.mjs";
import { prepare, root, run } from "./prepare.mjs";
import { scenarioSecondTries, unitSecondTries } from "./second-tries.mjs";

const results = join(root, "test-results");
const bin = (name) => join(root, "node_modules", ".bin", name);
const [choice, ...rest] = process.argv.slice(2);
const wants = (suite) => choice === undefined || choice === `--${suite}`;
const rows = [];
/** Whether `dist/` is up to date. */
let isBuilt = false;
/** The groups of skipped tests, named after what was missing. */
const skippedGroups = new Set();
/** The names of the tests that passed at the second try: in CI they count as passed, elsewhere as failed. */
const secondTries = [];

function record(name, code, counts) {
  const { skipped, secondTries: names = [] } = counts;
  secondTries.push(...names);
  const passed = counts.passed + (process.env.CI ? names.length : 0);
  const failed = counts.failed + (process.env.CI ? 0 : names.length);
  // A suite that fails without a failed test (because it couldn't start) still counts as a failure.
  rows.push({ name, passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** The scenarios run on the built package, as users do. */
async function buildAndCheck() {
  const types = await ensureTypes();
  record("type check", types.code, { passed: types.code === 0 ? 1 : 0, failed: 0, skipped: 0 });
  const { code } = await ensureBuilt();
  isBuilt = code === 0;
  record("build", code, { passed: isBuilt ? 1 : 0, failed: 0, skipped: 0 });
}

async function unitTests() {
  const file = join(results, "unit.json");
  const { code } = await run(
    bin("vitest"),
    [
      "run",
      "--reporter=default",
      "--reporter=json",
      "--reporter=./scripts/second-tries.mjs",
      `--outputFile.json=${file}`,
    ],
    { env: isBuilt ? { BUFFKIT_IS_BUILT: "1" } : {} },
  );
  const report = readJson(file);
  const skippedTests = (report?.testResults ?? []).flatMap((file) =>
    file.assertionResults.filter((test) => test.status === "pending"),
  );
  for (const test of skippedTests) skippedGroups.add(test.ancestorTitles[0] ?? test.title);
  const names = readJson(unitSecondTries) ?? [];
  record("unit tests", code, {
    secondTries: names,
    passed: (report?.numPassedTests ?? 0) - names.length,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

async function scenarios(browser) {
  const file = join(results, "features.json");
  const generated = await run(bin("bddgen"), []);
  if (generated.code !== 0) return record("scenarios", generated.code, { passed: 0, failed: 1, skipped: 0 });
  const env = {
    BUFFKIT_BROWSER: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    ...(isBuilt ? { BUFFKIT_IS_BUILT: "1" } : {}),
  };
  const { code } = await run(bin("playwright"), ["test", ...rest], { env });
  const report = readJson(file);
  for (const reason of skipReasons(report?.suites ?? [])) skippedGroups.add(reason);
  const stats = report?.stats;
  record("scenarios", code, {
    secondTries: scenarioSecondTries(report?.suites ?? []),
    passed: stats?.expected ?? 0,
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  });
}

/** The reasons why scenarios were skipped. */
function skipReasons(suites) {
  return suites.flatMap((suite) => [
    ...skipReasons(suite.suites ?? []),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .flatMap(({ annotations }) => annotations)
        .filter(({ type }) => type === "skip")
        .map(({ description }) => `${title}: ${description}`),
    ),
  ]);
}

await prepare();
const browser = wants("features") ? await ensureBrowser() : undefined;
mkdirSync(results, { recursive: true });
for (const name of ["unit.json", "features.json"]) rmSync(join(results, name), { force: true });
rmSync(unitSecondTries, { force: true });
if (choice !== "--unit") await buildAndCheck();
if (wants("unit")) await unitTests();
if (wants("features")) await scenarios(browser);

const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
process.stdout.write("\n");
for (const row of rows) process.stdout.write(`  ${row.name.padEnd(12)} ${line(row)}\n`);
if (skippedGroups.size > 0) process.stdout.write(`\n  skipped:\n    ${[...skippedGroups].join("\n    ")}\n`);
if (secondTries.length > 0) process.stdout.write(`\n  passed at the second try:\n    ${secondTries.join("\n    ")}\n`);
process.stdout.write(`\n${line({ passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") })}\n`);
process.exit(sum("failed") === 0 && sum("passed") > 0 ? 0 : 1);

// Tests the packages the way people get them: publishes buffkit and create-buffkit to a registry on this machine, creates apps with
// `npm create` in an empty folder outside the repository, and runs their tests, `npm run dev`, `npm run build` and `npm start`. Then it does
// what the README and the tutorial say, and looks at the pages in Chromium.
//   node scripts/registry-test.mjs              on the current Node
//   node scripts/registry-test.mjs --node 24    on another one, from npm
//   node scripts/registry-test.mjs --keep       keeps its folder, so that you can look at the apps
//   node scripts/registry-test.mjs --from-nothing    also compiles the SQLite driver, like a first install without a prebuilt one
//   node scripts/registry-test.mjs --only bare       only one choice of parts, or `samples`, `tutorial`, `README`
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBrowser } from "./browser.mjs";
import { prepare, root } from "./prepare.mjs";
import { nodeEnvironment } from "./registry/node-environment.mjs";
import { proveScaffolder } from "./registry/prove-scaffolder.mjs";
import { publishPackages } from "./registry/publish-packages.mjs";
import { Results } from "./registry/results.mjs";
import { npmSetting, startRegistry } from "./registry/start-registry.mjs";

// The first choice really installs its packages, except the SQLite driver, which takes more than a minute to compile and is taken from this
// repository. All apps need the same packages, so the others get a copy before their own `npm install`.
const choices = [
  { name: "everything", flags: ["--yes", "--docker"] },
  { name: "no-board", flags: ["--yes", "--no-board", "--gherkin"] },
  { name: "bare", flags: ["--no-login", "--no-mail", "--no-jobs", "--no-board"] },
];

const { values } = parseArgs({
  options: {
    node: { type: "string" },
    keep: { type: "boolean" },
    only: { type: "string" },
    "from-nothing": { type: "boolean" },
  },
});
const results = new Results();
const folder = mkdtempSync(join(tmpdir(), "buffkit-registry-"));

/** Without the settings of the person running this, which would apply to the apps. */
function cleanEnvironment() {
  const own =
    /^(PORT|HOST|NODE_ENV|APP_URL|AUTH_SECRET|DATABASE_URL|REDIS_URL|SMTP_URL|MAIL|MAIL_FROM|TRUST_PROXY|LOG_LEVEL|CI|BUFFKIT_.*|npm_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** A separate cache, because npm keeps the scaffolder in it, but with the existing downloads: npm finds those by their content. */
function makeCache() {
  const cache = join(folder, "cache");
  const downloads = join(npmSetting("cache") ?? "", "_cacache");
  mkdirSync(cache);
  if (existsSync(downloads)) symlinkSync(downloads, join(cache, "_cacache"));
  return cache;
}

async function prove() {
  await prepare();
  // Only now that tsx is installed: what follows imports TypeScript.
  const { register } = await import("tsx/esm/api");
  register();
  const { proveApp } = await import("./registry/prove-app.mjs");
  const { proveSamples } = await import("./registry/samples/prove-samples.mjs");
  const browser = await ensureBrowser();
  const chosenNode = await nodeEnvironment(values.node);
  const registry = await startRegistry(folder);
  try {
    const environment = {
      ...cleanEnvironment(),
      ...chosenNode,
      BUFFKIT_BROWSER: browser,
      npm_config_userconfig: registry.userConfig,
      npm_config_cache: makeCache(),
    };
    // What the first install has just asked the public registry needn't be asked again.
    const later = { ...environment, npm_config_prefer_offline: "true" };
    await publishPackages({ folder, environment, results });
    const apps = join(folder, "apps");
    mkdirSync(apps);
    const chosen = choices.filter(({ name }) => (values.only ?? name) === name);
    const driverFrom = values["from-nothing"] || values.node ? undefined : root;
    for (const [at, choice] of chosen.entries()) {
      const packagesFrom = at === 0 ? undefined : join(apps, chosen[0].name);
      await proveApp({
        ...choice,
        apps,
        environment: at === 0 ? environment : later,
        results,
        packagesFrom,
        driverFrom,
      });
    }
    if (values.only === undefined) await proveScaffolder({ apps, environment, results });
    if (chosen.length > 0 && values.only !== undefined) return;
    const only = values.only === "samples" ? undefined : values.only;
    await proveSamples({ apps, environment, results, driverFrom, only });
  } finally {
    registry.stop();
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
process.on("exit", () => {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
});
try {
  await prove();
} catch (error) {
  results.add("the registry test itself", false, error instanceof Error ? error.stack : String(error));
}
if (values.keep) process.stdout.write(`\nKept: ${folder}\n`);
process.exit(results.print());

// Proves the packages as people get them: publishes buffkit and create-buffkit to a registry on this machine, makes apps with
// `npm create` in an empty folder outside of the repository, and runs their tests, `npm run dev`, `npm run build` and `npm start`.
//   node scripts/registry-test.mjs              on the Node that runs this
//   node scripts/registry-test.mjs --node 24    on another one, taken from npm
//   node scripts/registry-test.mjs --keep       leaves its folder, to look at the apps
//   node scripts/registry-test.mjs --packages-from <app>    spares the first install, by the packages of an app that was kept
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBrowser } from "./browser.mjs";
import { prepare } from "./prepare.mjs";
import { proveApp } from "./registry/prove-app.mjs";
import { proveScaffolder } from "./registry/prove-scaffolder.mjs";
import { publishPackages } from "./registry/publish-packages.mjs";
import { Results } from "./registry/results.mjs";
import { startRegistry } from "./registry/start-registry.mjs";
import { installTools } from "./registry/tools.mjs";

// The first choice installs its packages in earnest. All apps want the same ones, so the others get a copy of them before their own
// `npm install`: compiling the SQLite driver, where that is needed, takes more than a minute each time.
const choices = [
  { name: "everything", flags: ["--yes", "--docker"] },
  { name: "no-board", flags: ["--yes", "--no-board"] },
  { name: "bare", flags: ["--no-login", "--no-mail", "--no-jobs", "--no-board"] },
];

const { values } = parseArgs({
  options: { node: { type: "string" }, keep: { type: "boolean" }, "packages-from": { type: "string" } },
});
const results = new Results();
const folder = mkdtempSync(join(tmpdir(), "buffkit-registry-"));

/** Settings of the person who runs this would be settings of the apps. */
function cleanEnvironment() {
  const own =
    /^(PORT|HOST|NODE_ENV|APP_URL|AUTH_SECRET|DATABASE_URL|REDIS_URL|SMTP_URL|MAIL|MAIL_FROM|TRUST_PROXY|LOG_LEVEL|CI|BUFFKIT_.*|npm_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

async function prove() {
  await prepare();
  const browser = await ensureBrowser();
  const tools = await installTools(values.node);
  const registry = await startRegistry(folder, tools);
  try {
    const environment = {
      ...cleanEnvironment(),
      ...tools.environment,
      BUFFKIT_BROWSER: browser,
      npm_config_userconfig: registry.userConfig,
      npm_config_cache: join(folder, "cache"),
    };
    await publishPackages({ folder, environment, results });
    const apps = join(folder, "apps");
    mkdirSync(apps);
    for (const [at, choice] of choices.entries()) {
      const packagesFrom = at === 0 ? values["packages-from"] : join(apps, choices[0].name);
      await proveApp({ ...choice, apps, environment, results, packagesFrom });
    }
    await proveScaffolder({ apps, environment, results });
  } finally {
    await registry.stop();
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

import { readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { copyDriver, copyPackages } from "./copy-packages.mjs";
import { firstPage } from "./first-page.mjs";
import { proveImage } from "./prove-image.mjs";
import { proveProduction } from "./prove-production.mjs";
import { runCommand } from "./run-command.mjs";
import { seconds } from "./seconds.mjs";

const scaffoldBudgetMs = 2_000;
/** The goal on a developer's machine; the budget leaves room for shared CPUs, and for ones that are half as fast. */
const firstPageGoalMs = 1_000;
const firstPageBudgetMs = 3_000;
const quietShare = 0.2;

/** Creates one app, and does what its owner would do on the first day. */
export async function proveApp({ name, flags, apps, environment, results, packagesFrom, driverFrom }) {
  const folder = join(apps, name);
  const check = (what, isPassed, details) => results.add(`${name}: ${what}`, isPassed, details);
  const budget = async (what, { ms, budgetMs, all }) => {
    const text = `${name}: ${what} ${seconds(budgetMs)}`;
    const details = all ?? seconds(ms);
    const othersShare = ms < budgetMs ? 0 : await busyShare();
    if (othersShare < quietShare) results.add(text, ms < budgetMs, details);
    else results.leaveOpen(text, `${details}; others use ${Math.round(othersShare * 100)} % of the processors`);
  };
  const npm = (...args) => runCommand("npm", args, { folder, environment });

  const args = ["create", "--yes", "buffkit@latest", name, "--", ...flags, "--no-install"];
  const made = await runCommand("npm", args, { folder: apps, environment });
  check("is made by `npm create`", made.code === 0, made.code === 0 ? seconds(made.ms) : made.output);
  if (made.code !== 0) return;
  // The first app once more, because npm may have had to download the scaffolder; the budget is for scaffolding.
  const again = packagesFrom
    ? made
    : await runCommand("npm", args.with(3, `${name}-again`), { folder: apps, environment });
  rmSync(`${folder}-again`, { recursive: true, force: true });
  await budget("is made within", { ms: again.ms, budgetMs: scaffoldBudgetMs });
  check("keeps its secret out of git", await isSecretIgnored(folder, environment));

  const how = copyWhatIsThere(folder, { packagesFrom, driverFrom });
  const installed = await npm("install");
  check("installs", installed.code === 0, installed.code === 0 ? `${seconds(installed.ms)}, ${how}` : installed.output);
  if (installed.code !== 0) return;
  check("has one copy of Kysely", copiesOf(await npm("ls", "kysely", "--all", "--parseable")) === 1);

  const tested = await npm("test");
  check(
    "passes its own tests",
    tested.code === 0,
    tested.code === 0 ? countsOf(tested.output) : tested.output.slice(-5000),
  );
  await proveDevelopment({ folder, environment, check, budget });
  await proveProduction({ folder, environment, check });
  await proveImage({ folder, environment, check });
}

/** The share of the CPUs that other processes use, from 0 to 1. If it is high, times mean nothing. */
async function busyShare() {
  const before = processorTimes();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes() {
  const times = cpus().map((processor) => processor.times);
  const sum = (of) => times.reduce((total, time) => total + of(time), 0);
  return {
    idle: sum((time) => time.idle),
    all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
  };
}

/** Reuses earlier installs; returns a description of what it starts from. */
function copyWhatIsThere(folder, { packagesFrom, driverFrom }) {
  if (packagesFrom) copyPackages(packagesFrom, folder);
  else if (driverFrom) copyDriver(driverFrom, folder);
  if (packagesFrom) return "over a copy of another app's packages";
  return driverFrom ? "from nothing but a compiled SQLite driver" : "from nothing";
}

/** How many folders `npm ls --parseable` lists. */
function copiesOf({ output }) {
  return new Set(output.split("\n").filter((line) => line.includes("node_modules"))).size;
}

/** The counts in the output of Vitest and Playwright. */
function countsOf(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors are control characters.
  const plain = output.replace(/\u001b\[[\d;]*m/g, "");
  const units = /Tests\s+(\d+) passed/.exec(plain)?.[1];
  const browserTests = /^\s*(\d+) passed \(/m.exec(plain)?.[1];
  return `${units} unit tests, ${browserTests} browser tests`;
}

async function isSecretIgnored(folder, environment) {
  const git = (...args) => runCommand("git", args, { folder, environment });
  await git("init", "--quiet");
  const { code } = await git("check-ignore", "--quiet", ".env");
  return code === 0 && /^AUTH_SECRET=[\w-]{43}$/m.test(readFileSync(join(folder, ".env"), "utf8"));
}

async function proveDevelopment({ folder, environment, check, budget }) {
  const times = [];
  for (let run = 0; run < 4; run++) {
    const { status, ms, text, error } = await firstPage(folder, ["npm", "run", "dev"], environment);
    if (run === 0) check("answers its first request after `npm run dev`", status === 200, error ?? seconds(ms));
    else if (error) return check("starts again", false, error);
    else times.push(ms);
    if (run === 1) check("shows its page", text.includes("</html>") && text.includes("/assets/"));
  }
  // The fastest of three, because other load slows down the rest.
  const fastest = Math.min(...times);
  const verdict = fastest < firstPageGoalMs ? "and within the goal of" : "but not within the goal of";
  const all = `${times.map(seconds).join(", ")}: ${verdict} ${seconds(firstPageGoalMs)}`;
  await budget("shows the first page within", { ms: fastest, budgetMs: firstPageBudgetMs, all });
}

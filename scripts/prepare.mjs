// Prepares a fresh clone: the right Node, the packages, a SQLite driver that loads. Plain JavaScript, because nothing is installed yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const marker = join(root, "node_modules", ".buffkit-prepared");

/** Prints what is wrong and what to do about it, and exits. */
export function refuse(problem, remedy) {
  process.stderr.write(`\n  ${problem}\n  ${remedy.split("\n").join("\n  ")}\n\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  refuse(
    `Buffkit needs Node 20.19 or newer; this is Node ${process.versions.node}.`,
    "Install a current one (https://nodejs.org) or switch with your version manager, e.g. `nvm install 22`.",
  );
}

/** Runs a program; resolves to its exit code and the end of what it printed. */
export function run(command, args, options = {}) {
  const { quiet = false, env = {} } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-8000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.on("error", (error) => resolve({ code: 127, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function npm(args) {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js")
    ? run(process.execPath, [script, ...args], { quiet: true })
    : run(process.platform === "win32" ? "npm.cmd" : "npm", args, { quiet: true });
}

/** What node_modules must match: the lock file, and the Node version that native modules are built for. */
function wantedState() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return `${lock} abi-${process.versions.modules}`;
}

/** Whether the SQLite driver opens a database. Version 13 crashes Node 20, so the version is checked first. */
function sqliteLoads() {
  try {
    const require = createRequire(join(root, "package.json"));
    // It may have been tried before another version was installed.
    for (const file of Object.keys(require.cache)) if (file.includes("better-sqlite3")) delete require.cache[file];
    const major = Number.parseInt(require("better-sqlite3/package.json").version, 10);
    if (major >= 13 && process.versions.modules < "127") return false;
    const Sqlite = require("better-sqlite3");
    new Sqlite(":memory:").close();
    return true;
  } catch {
    return false;
  }
}

async function install() {
  const isNewNode = Number(process.versions.modules) >= 127;
  const started = Date.now();
  const progress = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r  … ${Math.round((Date.now() - started) / 1000)} s`), 1000)
    : undefined;
  process.stdout.write(
    isNewNode
      ? "Installing packages (first run only) …\n"
      : "Installing packages (first run only; a minute longer if the SQLite driver has to be compiled) …\n",
  );
  // `install --no-save` follows the lock file without writing it, and keeps installed packages, which `npm ci` would delete.
  // The lock pins the SQLite driver for Node 20. Newer Node versions use its next major version, which is prebuilt and needs no install script.
  const newer = isNewNode ? ["--ignore-scripts", "better-sqlite3@^13.2.0"] : [];
  const isFresh = !isNewNode && !existsSync(join(root, "node_modules"));
  const result = await npm(isFresh ? ["ci"] : ["install", "--no-save", ...newer]);
  clearInterval(progress);
  if (result.code === 0) {
    process.stdout.write(
      `${process.stdout.isTTY ? "\r" : ""}Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`,
    );
    return;
  }
  explainFailedInstall(result.output);
}

function explainFailedInstall(output) {
  process.stderr.write(`\n${output.trim()}\n`);
  if (/gyp ERR|node-gyp|make: not found|not found: make|compiler/i.test(output)) {
    refuse(
      "The SQLite driver (better-sqlite3) couldn't be downloaded prebuilt, and there is no compiler to build it.",
      "Debian and Ubuntu: `apt-get install build-essential python3`; macOS: `xcode-select --install`.\nOr use Node 22 or newer, which needs no compiler.",
    );
  }
  refuse("`npm install` failed; its last output is above.", "Check the network and the npm registry, then try again.");
}

/** Whether npm was run after the lock file last changed. */
function isInstalledByHand() {
  const [lock, installed] = ["package-lock.json", join("node_modules", ".package-lock.json")].map((file) =>
    statSync(join(root, file), { throwIfNoEntry: false }),
  );
  return (
    !existsSync(marker) &&
    lock !== undefined &&
    installed !== undefined &&
    installed.mtimeMs >= lock.mtimeMs &&
    sqliteLoads()
  );
}

/** Installs what is missing; returns quickly if everything is there. */
export async function prepare() {
  checkNode();
  const state = wantedState();
  const prepared = existsSync(marker) && readFileSync(marker, "utf8") === state;
  if (prepared && existsSync(join(root, "node_modules", "hono"))) return;
  if (!isInstalledByHand()) await install();
  if (!sqliteLoads()) {
    refuse(
      `The SQLite driver (better-sqlite3) doesn't load on Node ${process.versions.node}.`,
      "Delete node_modules and try again: that rebuilds a driver made for another Node version.\nIf there is no compiler, install one (`build-essential python3`, or Xcode's command line tools) or use Node 22 or newer.",
    );
  }
  writeFileSync(marker, state);
}

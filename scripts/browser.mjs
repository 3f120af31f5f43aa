// Finds a Chromium for the scenarios: an installed one, else Playwright's own, else the system's package.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { refuse, root, run } from "./prepare.mjs";

// The headless shell comes first: it is the same engine without a window, and needs half the CPU.
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "msedge",
];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

function onThisMachine() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  return candidates.find((file) => existsSync(file));
}

function playwrightsOwn() {
  try {
    const file = createRequire(join(root, "package.json"))("@playwright/test").chromium.executablePath();
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The path of a Chromium that starts. Installs one if there is none, and explains if that isn't possible. */
export async function ensureBrowser() {
  const given = process.env.BUFFKIT_BROWSER;
  if (given) {
    if (existsSync(given)) return given;
    refuse(
      `BUFFKIT_BROWSER points to ${given}, where no file is.`,
      "Give the path of a Chromium or Chrome, or unset it to have one found.",
    );
  }
  const found = onThisMachine() ?? playwrightsOwn();
  if (found) return found;
  process.stdout.write("No Chromium found; fetching Playwright's …\n");
  await run("npx", ["playwright", "install", "chromium"], { quiet: true });
  const fetched = playwrightsOwn();
  if (fetched) return fetched;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stdout.write("That did not work; installing the system's package …\n");
    await run("apt-get", ["update", "-qq"], { quiet: true });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"], {
      quiet: true,
    });
    const packaged = onThisMachine();
    if (packaged) return packaged;
  }
  return refuse(
    "The scenarios need a Chromium, and none could be had.",
    "Install one (`npx playwright install chromium`, or your system's `chromium` package) or set BUFFKIT_BROWSER to its path.\nThe unit tests alone run with `npm test -- --unit`.",
  );
}

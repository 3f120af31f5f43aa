import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, defineConfig } from "@playwright/test";
import { defineBddConfig } from "playwright-bdd";

const testDir = defineBddConfig({
  features: "features/**/*.feature",
  steps: ["features/steps/**/*.ts", "features/support/test.ts"],
});

const browserNames = [
  ...["chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chrome"],
  ...["microsoft-edge", "msedge"],
];
const browserFiles = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
  "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];

/** BUFFKIT_BROWSER, or the browser from `npx playwright install chromium`, or an installed Chromium, Chrome or Edge. */
function browserPath(): string | undefined {
  if (process.env.BUFFKIT_BROWSER) return process.env.BUFFKIT_BROWSER;
  if (existsSync(chromium.executablePath())) return undefined;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [...folders.flatMap((folder) => browserNames.map((name) => join(folder, name))), ...browserFiles];
  const found = candidates.find((file) => existsSync(file));
  if (!found) throw new Error("No Chromium found: run `npx playwright install chromium`, or set BUFFKIT_BROWSER.");
  return found;
}

export default defineConfig({
  testDir,
  tsconfig: "./features/tsconfig.json",
  fullyParallel: true,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["html", { open: "never" }]],
  outputDir: "test-results",
  use: {
    browserName: "chromium",
    launchOptions: {
      executablePath: browserPath(),
      // Chromium's sandbox doesn't work as root (in a container).
      args: process.getuid?.() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"],
    },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});

import { defineConfig } from "@playwright/test";
import { defineBddConfig } from "playwright-bdd";

const testDir = defineBddConfig({
  features: "features/**/*.feature",
  steps: ["features/steps/**/*.ts", "features/support/test.ts"],
});

// As root (in a container) Chromium cannot build its sandbox; the other switches keep it from calling home.
const flags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir,
  tsconfig: "./features/tsconfig.json",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // Generous, because machines of continuous integration are slow; a scenario that waits for nothing in vain is no slower.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [["list"], ["json"], ["html", { open: "never" }]],
  outputDir: "test-results/features",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.BUFFKIT_BROWSER || undefined, args: flags },
    // A trace costs each scenario a tenth of its time: `npm test -- --features --trace on` makes one where it is wanted.
    trace: "off",
    screenshot: "only-on-failure",
  },
});

import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { defineBddConfig } from "playwright-bdd";

const testDir = defineBddConfig({
  features: "features/**/*.feature",
  steps: ["features/steps/**/*.ts", "features/support/test.ts"],
});

// As root (in a container) Chromium cannot create its sandbox; the other flags keep it from calling home.
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
  // Many scenarios wait, so one more worker than there are cores.
  workers: availableParallelism() + 1,
  timeout: 60_000,
  // Generous, because CI machines are slow. Scenarios that pass take no longer for it.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // In CI, a scenario that failed has one more try; `npm test` lists those that needed it.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"], ["json"], ["html", { open: "never" }]],
  outputDir: "test-results/features",
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.BUFFKIT_BROWSER || undefined, args: flags },
    // A trace takes a tenth of the time of each scenario. Get one with `npm test -- --features --trace on`.
    trace: "off",
    screenshot: "only-on-failure",
  },
});
